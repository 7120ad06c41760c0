package dev.migrator.core.lifecycle;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.error.Problem;
import java.util.List;
import java.util.Optional;

/**
 * What was heard from the monitoring that an environment declares.
 *
 * @param heard one line for each signal that was heard and is well, with the time of its last sample, at most {@value #MOST}
 * @param problems one for each that is silent or not well, at most {@value #MOST}; none means that all are connected
 * @param uri where all of it lies in the bucket; may be empty only with problems
 * @param digest of the bytes that lie there
 */
public record MonitoringReport(List<String> heard, List<Problem> problems, String uri, Optional<Digest> digest) {
    public static final int MOST = 100;
    private static final int LONGEST_LINE = 600;

    public MonitoringReport {
        heard = List.copyOf(heard);
        problems = List.copyOf(problems);
    }

    /** Nothing can be said of any signal, because of one problem with all of it. */
    public static MonitoringReport impossible(Problem problem) {
        return new MonitoringReport(List.of(), List.of(problem), "", Optional.empty());
    }

    public boolean isConnected() {
        return problems.isEmpty();
    }

    /** Within its bounds, whatever came from outside. */
    MonitoringReport bounded() {
        return new MonitoringReport(
                heard.stream().limit(MOST).map(MonitoringReport::clipped).toList(),
                problems.stream().limit(MOST).toList(),
                uri,
                digest);
    }

    private static String clipped(String line) {
        return line.length() <= LONGEST_LINE ? line : line.substring(0, LONGEST_LINE - 1) + "…";
    }
}
