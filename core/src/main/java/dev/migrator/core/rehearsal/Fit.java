package dev.migrator.core.rehearsal;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.kinds.TopicKind;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.plan.Operation;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Makes what an entry holds possible in a smaller place: no more copies than there are brokers. Fields that come out otherwise are not compared in an update.
 *
 * @param brokers by target, where that is known
 */
public record Fit(Map<String, Integer> brokers) {
    private static final String FEWER = "there are fewer brokers, so there are fewer copies";

    public Fit {
        brokers = Map.copyOf(brokers);
    }

    /** An operation as it can be done there. */
    public record Fitted(Operation operation, Optional<String> otherwise) {}

    /** What the entry holds there in the place of that. */
    public Content content(EntryKey key, Content content) {
        var fields = new TreeMap<>(content.fields());
        if (key.kind().equals(TopicKind.ENTRY)) {
            fields.computeIfPresent(TopicKind.REPLICATION, (_, copies) -> copies(key, copies));
        }
        return Content.of(fields);
    }

    private Value copies(EntryKey key, Value copies) {
        var most = brokers.get(key.target());
        return most != null
                        && copies instanceof Value.Num(BigDecimal wanted)
                        && wanted.compareTo(BigDecimal.valueOf(most)) > 0
                ? Value.of(most)
                : copies;
    }

    /** Empty if nothing of it is left. */
    public Optional<Fitted> operation(Operation operation) {
        var key = operation.key();
        return switch (operation) {
            case Operation.Create(var _, var after) -> {
                var fitted = content(key, after);
                yield Optional.of(new Fitted(
                        new Operation.Create(key, fitted),
                        fitted.equals(after) ? Optional.empty() : Optional.of(FEWER)));
            }
            case Operation.Update(var _, var before, var after) -> update(key, before, after);
            case Operation.Delete(var _, var before, var removal) -> {
                var fitted = content(key, before).only(before.fields().keySet());
                yield Optional.of(new Fitted(new Operation.Delete(key, fitted, removal), Optional.empty()));
            }
        };
    }

    private Optional<Fitted> update(EntryKey key, Content before, Content after) {
        var kept = new TreeSet<String>();
        var fittedBefore = content(key, before);
        var fittedAfter = content(key, after);
        after.fields().keySet().stream()
                .filter(field -> fittedBefore.get(field).equals(before.get(field))
                        && fittedAfter.get(field).equals(after.get(field)))
                .forEach(kept::add);
        if (kept.isEmpty()) {
            return Optional.empty();
        }
        var all = kept.size() == after.fields().size();
        return Optional.of(new Fitted(
                new Operation.Update(key, before.only(kept), after.only(kept)),
                all ? Optional.empty() : Optional.of(FEWER)));
    }
}
