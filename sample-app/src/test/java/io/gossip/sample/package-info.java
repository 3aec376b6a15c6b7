/** Shows that the sample and the demo do what the README says. */
@NullMarked
package io.gossip.sample;

import org.jspecify.annotations.NullMarked;
