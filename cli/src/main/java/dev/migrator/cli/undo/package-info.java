/**
 * Undoes a migration by its kit, when no service is there. The one place of the command line that opens targets for writing.
 */
package dev.migrator.cli.undo;
