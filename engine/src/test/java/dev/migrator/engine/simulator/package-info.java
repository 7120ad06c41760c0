/**
 * The deterministic simulator: lifecycle, applying engine and an in-memory target, driven through histories of duplicated,
 * reordered, lost and delayed messages, stale reads, outsiders and crashes between any two steps. Everything that happens
 * in a history follows from its seed. After every step the promises are checked by an {@link
 * dev.migrator.engine.simulator.Oracle} that knows what really happened and believes nobody.
 */
package dev.migrator.engine.simulator;
