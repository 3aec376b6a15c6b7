/** The tests of the cloud package. */
@NullMarked
package io.gossip.boot.autoconfigure.cloud;

import org.jspecify.annotations.NullMarked;
