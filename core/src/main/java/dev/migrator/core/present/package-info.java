/** A plan for people and machines: one set of facts, four forms of them. Pure, and bounded where a reader is. */
package dev.migrator.core.present;
