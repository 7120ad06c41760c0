/**
 * What each environment is known to hold, by uid, and which fields are managed: the third side of every comparison. It is
 * never believed over the target itself.
 */
package dev.migrator.core.inventory;
