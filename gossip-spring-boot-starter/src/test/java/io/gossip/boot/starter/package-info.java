/** An application that has the starter and nothing else. */
@NullMarked
package io.gossip.boot.starter;

import org.jspecify.annotations.NullMarked;
