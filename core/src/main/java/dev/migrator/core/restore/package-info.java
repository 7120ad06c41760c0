/** What was recorded earlier, asked for again: the document that restores and reverts start a migration with. */
package dev.migrator.core.restore;
