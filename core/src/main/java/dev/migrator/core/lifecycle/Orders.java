package dev.migrator.core.lifecycle;

import dev.migrator.core.error.Problem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What people commanded. Commands are the only facts whose order counts: the one that arrives later stands.
 *
 * @param seen the last {@value #MOST} commands, oldest first, so that a repeated one is known
 * @param cancelled why it ends before the first write; empty unless commanded
 */
record Orders(List<Seen> seen, Optional<Pause> pause, Optional<Problem> cancelled) {
    static final int MOST = 256;
    static final Orders NONE = new Orders(List.of(), Optional.empty(), Optional.empty());

    record Seen(String requestId, Fact.Commanded.Command command, String by) {}

    /**
     * @param deadline when it is rolled back or cancelled
     * @param found what verification found wrong, as long as nobody has decided about it; empty in a pause of a person
     */
    record Pause(String by, Instant deadline, List<Problem> found) {
        Pause {
            found = List.copyOf(found);
        }

        Pause(String by, Instant deadline) {
            this(by, deadline, List.of());
        }

        /** Verification has something to say in it. */
        boolean isByAnomaly() {
            return !found.isEmpty();
        }

        Pause finding(List<Problem> more) {
            return new Pause(
                    by,
                    deadline,
                    Stream.concat(found.stream(), more.stream())
                            .distinct()
                            .limit(Report.MOST)
                            .toList());
        }
    }

    Orders {
        seen = List.copyOf(seen);
    }

    Optional<Seen> find(String requestId) {
        return seen.stream().filter(one -> one.requestId().equals(requestId)).findFirst();
    }

    Orders seeing(Fact.Commanded command) {
        var all = new ArrayList<>(seen);
        all.add(new Seen(command.requestId(), command.command(), command.by()));
        return new Orders(all.subList(Math.max(0, all.size() - MOST), all.size()), pause, cancelled);
    }

    Orders paused(Optional<Pause> aPause) {
        return new Orders(seen, aPause, cancelled);
    }

    Orders cancelled(Problem why) {
        return new Orders(seen, pause, Optional.of(why));
    }
}
