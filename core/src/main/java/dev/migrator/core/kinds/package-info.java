/** What a resource of each kind means: its fields, the entries it becomes, what it depends on, how much a change hurts. */
package dev.migrator.core.kinds;
