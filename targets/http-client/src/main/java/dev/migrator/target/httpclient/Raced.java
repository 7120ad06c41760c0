package dev.migrator.target.httpclient;

/** The entry is no more as it was read a moment ago: it has to be read and judged again. */
public final class Raced extends Exception {
    private static final long serialVersionUID = 1L;

    public Raced() {
        super("the entry changed between reading and writing", null, false, false);
    }
}
