/**
 * Policies of the platform team: rules in CEL over resources, changes and whole plans. A file is read and type-checked at
 * once; judging is a pure function of the plan, what is known of the bundle, and a time that the caller gives in.
 */
package dev.migrator.policy;
