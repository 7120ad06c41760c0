package dev.migrator.target.http;

/** An answer is not one of the protocol. The message says what is wrong with it, without content. */
final class Strange extends Exception {
    private static final long serialVersionUID = 1L;

    Strange(String found) {
        super(found);
    }
}
