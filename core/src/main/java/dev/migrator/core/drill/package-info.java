/** Drills: a plan is applied where nothing counts, something goes wrong on purpose, and all of it has to be undone. */
package dev.migrator.core.drill;
