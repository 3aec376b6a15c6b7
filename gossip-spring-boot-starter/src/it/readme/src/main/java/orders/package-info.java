/**
 * An application of somebody who has done what the README says. Uses the starter, Spring
 * MVC, Actuator and Spring Cloud's load balancer.
 */
@NullMarked
package orders;

import org.jspecify.annotations.NullMarked;
