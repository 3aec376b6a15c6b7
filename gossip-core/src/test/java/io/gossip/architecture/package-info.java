/**
 * The laws of the house as tests: who may use whom, what the protocol may not call, and
 * how the sources look. Every rule has a planted violation that turns it red. Uses
 * ArchUnit and the compiled classes; the fixtures below it are wrong on purpose.
 */
@NullMarked
package io.gossip.architecture;

import org.jspecify.annotations.NullMarked;
