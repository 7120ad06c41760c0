package dev.migrator.kit.cdi;

/** Fired once, on a thread that may block, when topics and schemas are there: the moment to start reading. */
public record KitReady() {}
