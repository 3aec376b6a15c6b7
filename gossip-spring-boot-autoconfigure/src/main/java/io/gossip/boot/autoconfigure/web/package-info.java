/**
 * What an embedded web server tells the other members. Uses the {@code context} package
 * and Spring Boot's web server, which is optional.
 */
@NullMarked
package io.gossip.boot.autoconfigure.web;

import org.jspecify.annotations.NullMarked;
