package dev.migrator.policy;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.model.Resource;
import dev.migrator.core.model.Resource.Source;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.PlannedOperation;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * One thing that policies are asked about.
 *
 * @param what for people: which thing, and what is to be seen of it; only put into words when something is said of it
 * @param source where it is written, if that is known
 */
record Asked(Words what, Source source, Map<String, Object> variables) {
    private static final int LONGEST = 200;

    interface Words {
        String thing();

        String found();

        static Words of(Supplier<String> thing, Supplier<String> found) {
            return new Words() {
                @Override
                public String thing() {
                    return thing.get();
                }

                @Override
                public String found() {
                    return bounded(found.get());
                }
            };
        }
    }

    String thing() {
        return what.thing();
    }

    String found() {
        return what.found();
    }

    static Asked about(Resource resource, Map<String, Object> common) {
        return new Asked(
                Words.of(
                        resource::title,
                        () -> resource.absent() ? "state: absent" : "spec " + CanonicalJson.text(resource.spec())),
                resource.source(),
                with(common, "resource", Variables.resource(resource)));
    }

    static Asked about(PlannedOperation planned, Variables variables, Map<String, Object> common) {
        var operation = planned.operation();
        return new Asked(
                Words.of(
                        () -> Variables.action(operation) + " "
                                + operation.key().kind() + " " + operation.key().address(),
                        () -> found(planned)),
                Source.UNKNOWN,
                with(common, "change", variables.change(planned)));
    }

    private static String found(PlannedOperation planned) {
        return switch (planned.operation()) {
            case Operation.Create create -> CanonicalJson.text(create.after().toValue());
            case Operation.Update(var _, var before, var after) ->
                CanonicalJson.text(before.toValue()) + " -> " + CanonicalJson.text(after.toValue());
            case Operation.Delete _ -> "risk " + planned.risk() + ", undo " + planned.undo();
        };
    }

    static Asked about(Subject subject, Map<String, Object> common) {
        @SuppressWarnings("unchecked")
        var plan = (Map<String, Object>) common.get("plan");
        return new Asked(
                Words.of(
                        () -> "the plan for " + subject.environment().name(),
                        () -> "create " + plan.get("creates") + ", change " + plan.get("updates") + ", delete "
                                + plan.get("deletes")),
                Source.UNKNOWN,
                common);
    }

    /** Of an example: there is nothing but its variables. */
    static Asked example(String name, Map<String, Object> variables) {
        return new Asked(Words.of(() -> "test " + name, () -> ""), Source.UNKNOWN, variables);
    }

    private static Map<String, Object> with(Map<String, Object> common, String name, Object value) {
        var variables = new HashMap<>(common);
        variables.put(name, value);
        return variables;
    }

    private static String bounded(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…";
    }
}
