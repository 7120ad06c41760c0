package dev.migrator.cli.command;

import dev.migrator.cli.ExitCode;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.model.Content;
import dev.migrator.core.plan.Comparison;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.present.ComparisonText;
import java.util.TreeMap;
import java.util.TreeSet;

/** Prints a comparison, and turns it into an exit code. */
final class Comparing {
    private Comparing() {}

    static int print(Comparison comparison, String a, String b, Terminal terminal, boolean differencesInExitCode) {
        if (terminal.json()) {
            terminal.print(Value.object(
                    "a", Value.of(a),
                    "b", Value.of(b),
                    "same", Value.of(comparison.same()),
                    "notManaged", Value.of(comparison.notManaged()),
                    "differences",
                            Value.array(comparison.differences().stream()
                                    .map(Comparing::json)
                                    .toList())));
        } else {
            terminal.print(ComparisonText.of(comparison, a, b));
        }
        return differencesInExitCode && !comparison.isEmpty() ? ExitCode.CHANGES : ExitCode.OK;
    }

    private static Value json(Operation difference) {
        return switch (difference) {
            case Operation.Create(var _, var after) -> json(difference, "only-in-b", Content.EMPTY, after);
            case Operation.Delete(var _, var before, var _) -> json(difference, "only-in-a", before, Content.EMPTY);
            case Operation.Update(var _, var before, var after) -> json(difference, "different", before, after);
        };
    }

    private static Value json(Operation difference, String what, Content a, Content b) {
        var fields = new TreeMap<String, Value>();
        var names = new TreeSet<>(a.fields().keySet());
        names.addAll(b.fields().keySet());
        names.forEach(name -> fields.put(name, Value.object("a", a.get(name), "b", b.get(name))));
        return Value.object(
                "what", Value.of(what),
                "target", Value.of(difference.key().target()),
                "kind", Value.of(difference.key().kind()),
                "address", Value.of(difference.key().address()),
                "fields", Value.object(fields));
    }
}
