/** What it takes to undo a migration without any service: the kit that is kept before the first write, and its receipt. */
package dev.migrator.core.undo;
