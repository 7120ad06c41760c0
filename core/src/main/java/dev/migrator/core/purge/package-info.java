/** What was retired is to go for good: the document that a purge starts a migration with. */
package dev.migrator.core.purge;
