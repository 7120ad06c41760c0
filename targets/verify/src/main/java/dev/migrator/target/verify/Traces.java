package dev.migrator.target.verify;

import dev.migrator.core.canonical.Value;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/** Everything that was asked to be made, so that it can be taken away again, retired entries as well. Thread-safe. */
final class Traces {
    private final Subject subject;
    private final Client client;
    private final TreeSet<String> made = new TreeSet<>();

    Traces(Subject subject, Client client) {
        this.subject = subject;
        this.client = client;
    }

    /** @return the address itself */
    synchronized String made(String address) {
        made.add(address);
        return address;
    }

    /** Takes away what is there. @return what could not be taken away */
    synchronized List<String> remove() {
        var all = List.copyOf(made);
        var left = new ArrayList<String>();
        for (int from = 0; from < all.size(); from += subject.maxBatch()) {
            var some = all.subList(from, Math.min(all.size(), from + subject.maxBatch()));
            try {
                left.addAll(leftOf(some));
            } catch (IOException | AssertionError | ClassCastException e) {
                left.addAll(some);
            }
        }
        made.clear();
        return left;
    }

    private List<String> leftOf(List<String> addresses) throws IOException {
        var removals = new ArrayList<Value.Obj>();
        for (var state : client.states(subject.type(), addresses)) {
            boolean there = Subject.text(state, "state").equals("present");
            boolean kept = Subject.text(state, "state").equals("retired");
            if (there || kept && subject.deletes()) {
                removals.add(operation(
                        subject,
                        Subject.text(state, "address"),
                        expected(state),
                        subject.deletes() ? "remove" : "retire",
                        null));
            }
        }
        if (!removals.isEmpty()) {
            var _ = client.outcomes("/entries/apply", subject.identity(), removals);
        }
        return client.states(subject.type(), addresses).stream()
                .filter(state -> !Subject.text(state, "state").equals("absent"))
                .map(state -> Subject.text(state, "address"))
                .toList();
    }

    /** What an operation has to expect to be carried out on an entry in that state. */
    static Value.Obj expected(Value.Obj state) {
        var expected = new TreeMap<String, Value>();
        expected.put("state", state.get("state"));
        if (!Subject.text(state, "incarnation").isEmpty()) {
            expected.put("incarnation", state.get("incarnation"));
        }
        return Value.object(expected);
    }

    /** @param fields null for an action without */
    static Value.Obj operation(Subject subject, String address, Value.Obj expected, String action, Value fields) {
        var operation = new TreeMap<String, Value>();
        operation.put("type", Value.of(subject.type()));
        operation.put("address", Value.of(address));
        operation.put("expect", expected);
        operation.put("action", Value.of(action));
        if (fields != null) {
            operation.put("fields", fields);
        }
        return Value.object(operation);
    }
}
