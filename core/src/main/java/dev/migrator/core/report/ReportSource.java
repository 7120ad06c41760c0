package dev.migrator.core.report;

/** The bytes of a report, wherever they lie. What reading them throws comes out of whoever reads. */
public interface ReportSource {
    /** In bytes. */
    long size();

    /** @param from, {@code length} within {@link #size()} */
    byte[] read(long from, int length);
}
