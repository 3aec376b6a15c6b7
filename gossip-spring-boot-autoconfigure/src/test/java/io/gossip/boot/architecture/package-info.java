/**
 * The laws of the auto-configuration module as tests. Every rule has a planted violation
 * that turns it red. Uses ArchUnit and the compiled classes; the fixtures below it are
 * wrong on purpose.
 */
@NullMarked
package io.gossip.boot.architecture;

import org.jspecify.annotations.NullMarked;
