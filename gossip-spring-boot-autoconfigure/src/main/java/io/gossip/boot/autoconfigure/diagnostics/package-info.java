/**
 * What a failed start tells people: the thing, the value, the rule and what to do. Uses
 * {@code io.gossip}, the {@code context} package and Spring Boot's diagnostics.
 */
@NullMarked
package io.gossip.boot.autoconfigure.diagnostics;

import org.jspecify.annotations.NullMarked;
