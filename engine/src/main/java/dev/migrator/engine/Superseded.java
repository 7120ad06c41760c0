package dev.migrator.engine;

/** A newer command exists, found out before the first write. */
final class Superseded extends Exception {
    private static final long serialVersionUID = 1L;
}
