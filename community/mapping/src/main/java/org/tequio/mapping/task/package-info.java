/**
 * What can happen to a task: states, actions, who may do what, as one pure function. Nothing here
 * touches a store or the network.
 */
@NullMarked
package org.tequio.mapping.task;

import org.jspecify.annotations.NullMarked;
