/**
 * The contract that no other can state, as it takes the applying engine: whatever a migration did to a target, and wherever
 * it was stopped, undoing it brings back exactly what was there.
 */
package dev.migrator.target.rollback;
