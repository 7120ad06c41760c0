package dev.migrator.cli.direct;

import dev.migrator.core.environment.TargetConfig;
import dev.migrator.core.error.Problem;
import dev.migrator.target.Capability;
import dev.migrator.target.TargetException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What two environments run on, side by side.
 *
 * @param lines ascending by target and name
 * @param unread what a credential was not allowed to see: with it, equality is not proven
 */
public record Parity(List<Line> lines, List<String> unread) {
    private static final String NONE = "(none)";
    private static final String UNKNOWN = "(unknown)";
    private static final String COUNT = "count of ";

    /** @param target its type, as names may differ */
    public record Line(String target, String name, String a, String b) {
        /** How many entries there are is told, but no two environments have to have the same number. */
        public boolean isCount() {
            return name.startsWith(COUNT);
        }

        /** What is not known of one side is neither the same nor different. */
        public boolean differs() {
            return !a.equals(b) && !unknown();
        }

        public boolean unknown() {
            return a.equals(UNKNOWN) || b.equals(UNKNOWN);
        }
    }

    public Parity {
        lines = List.copyOf(lines);
        unread = List.copyOf(unread);
    }

    public List<Line> differences() {
        return lines.stream().filter(line -> line.differs() && !line.isCount()).toList();
    }

    public static Parity between(DirectEnvironment a, DirectEnvironment b) throws TargetException {
        var first = facts(a);
        var second = facts(b);
        var targets = new TreeSet<>(first.keySet());
        targets.addAll(second.keySet());
        var lines = new ArrayList<Line>();
        var unread = new ArrayList<String>();
        for (String target : targets) {
            var left = first.get(target);
            var right = second.get(target);
            if (left == null || right == null) {
                lines.add(
                        new Line(target, "target", left == null ? NONE : "present", right == null ? NONE : "present"));
                continue;
            }
            var names = new TreeSet<>(left.values().keySet());
            names.addAll(right.values().keySet());
            names.forEach(name -> lines.add(new Line(target, name, left.value(name), right.value(name))));
            unread.addAll(left.unread());
            unread.addAll(right.unread());
        }
        return new Parity(lines, unread);
    }

    /** What one target told, and what it did not. */
    private record Told(SortedMap<String, String> values, List<String> unread) {
        String value(String name) {
            return values.getOrDefault(name, unread.isEmpty() ? NONE : UNKNOWN);
        }
    }

    private static SortedMap<String, Told> facts(DirectEnvironment source) throws TargetException {
        var byTarget = new TreeMap<String, Told>();
        for (TargetConfig target : source.environment().targets()) {
            // several of one type are told apart by their names
            boolean only = source.environment().targets().stream()
                            .filter(other -> other.type().equals(target.type()))
                            .count()
                    == 1;
            byTarget.put(only ? target.type() : target.type() + " " + target.name(), told(source, target));
        }
        return byTarget;
    }

    private static Told told(DirectEnvironment source, TargetConfig target) throws TargetException {
        var values = new TreeMap<String, String>();
        var unread = new TreeSet<String>();
        try (var reader = source.open(target)) {
            var facts = reader.facts();
            values.putAll(facts.values());
            facts.unread().forEach(problem -> unread.add(unread(source, target, problem)));
            Read capabilities = () -> values.put("capabilities", words(reader.capabilities()));
            var reads = new ArrayList<>(List.of(capabilities));
            for (String kind : source.provider(target).kinds()) {
                reads.add(() -> {
                    try (var keys = reader.list(kind)) {
                        values.put(COUNT + kind, String.valueOf(keys.count()));
                    }
                });
            }
            for (Read read : reads) {
                try {
                    read.run();
                } catch (TargetException.Refused e) {
                    unread.add(unread(source, target, e.problem()));
                }
            }
        }
        return new Told(values, List.copyOf(unread));
    }

    private interface Read {
        void run() throws TargetException;
    }

    private static String words(Set<Capability> capabilities) {
        return capabilities.stream().map(Capability::name).sorted().collect(Collectors.joining(", "));
    }

    private static String unread(DirectEnvironment source, TargetConfig target, Problem problem) {
        return source.shownAs() + ", target " + target.name() + ": " + problem.thing() + " (" + problem.code() + ")";
    }
}
