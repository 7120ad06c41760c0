package dev.migrator.chaos.run;

import dev.migrator.chaos.outside.Journal;
import dev.migrator.chaos.outside.Said;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Measures from what was said how long the executors were quiet. */
final class Recoveries {
    private Recoveries() {}

    /** @param ids migrations of the run */
    static Recovery after(String fault, Instant at, Journal journal, List<String> ids) {
        return new Recovery(fault, worker(at, journal, ids), lifecycle(at, journal, ids));
    }

    /** The longest wait of those for the answer to a command that was open then. */
    private static Optional<Duration> worker(Instant at, Journal journal, List<String> ids) {
        return ids.stream()
                .flatMap(id -> lastBefore(journal.of(Journal.BATCHES, id), at).stream())
                .flatMap(command -> answer(journal, command).stream())
                .filter(answer -> answer.at().isAfter(at))
                .map(answer -> Duration.between(at, answer.at()))
                .max(Comparator.naturalOrder());
    }

    private static Optional<Said> answer(Journal journal, Said command) {
        return journal.of(Journal.RESULTS, command.text("migrationId")).stream()
                .filter(answer -> answer.type().equals("BatchAnswered"))
                .filter(answer -> answer.number("seq") == command.number("seq"))
                .findFirst();
    }

    private static Optional<Duration> lifecycle(Instant at, Journal journal, List<String> ids) {
        boolean underWay = ids.stream()
                .anyMatch(id -> lastBefore(journal.of(Journal.STATUS, id), at)
                        .filter(status -> !(boolean) status.event().get("ended"))
                        .isPresent());
        if (!underWay) {
            return Optional.empty();
        }
        return ids.stream()
                .flatMap(id -> journal.of(Journal.STATUS, id).stream())
                .filter(status -> status.at().isAfter(at))
                .map(status -> Duration.between(at, status.at()))
                .min(Comparator.naturalOrder());
    }

    private static Optional<Said> lastBefore(List<Said> said, Instant at) {
        return said.stream().filter(one -> !one.at().isAfter(at)).reduce((_, later) -> later);
    }
}
