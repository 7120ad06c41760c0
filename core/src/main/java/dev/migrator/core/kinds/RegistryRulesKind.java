package dev.migrator.core.kinds;

import dev.migrator.core.error.Problem;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.model.Resource;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Risk;
import dev.migrator.core.plan.UndoClass;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;

/** {@code RegistryRules}: rules that hold for every artifact of a registry which has none of its own. */
public final class RegistryRulesKind implements KindRules {
    public static final String KIND = "RegistryRules";
    public static final String ENTRY = "registry-rule";
    public static final String CONFIG = "config";

    private static final String RULES = "rules";
    private static final Shape.Fields SHAPE = Shape.fields().required(RULES, rules());

    /** A rule that is not named is not managed; one that has to be gone stands in a manifest with {@code state: absent}. */
    private static Shape.Fields rules() {
        var fields = Shape.fields();
        for (var rule : RegistryFields.ruleValues().entrySet()) {
            fields = fields.optional(rule.getKey(), rule.getValue());
        }
        return fields;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public String targetType() {
        return SchemaKind.TARGET_TYPE;
    }

    @Override
    public List<String> entryKinds() {
        return List.of(ENTRY);
    }

    @Override
    public Shape.Fields spec() {
        return SHAPE;
    }

    @Override
    public Shape.Fields specWhenAbsent() {
        return SHAPE;
    }

    @Override
    public void validate(Resource resource, Notes notes) {
        if (Specs.object(resource.spec(), RULES).fields().isEmpty()) {
            notes.error(
                    "/spec/rules",
                    Problem.of("MAN-VALUE", "a manifest of rules names no rule")
                            .expected("one of "
                                    + RegistryFields.ruleValues().keySet().stream()
                                            .sorted()
                                            .toList())
                            .found("none"));
        }
    }

    @Override
    public List<DesiredEntry> entries(Resource resource, String target) {
        return Specs.object(resource.spec(), RULES).fields().entrySet().stream()
                .map(rule -> DesiredEntry.of(
                        new EntryKey(target, ENTRY, rule.getKey()),
                        ENTRY + "." + rule.getKey(),
                        resource,
                        resource.absent() ? Content.EMPTY : Content.of(CONFIG, rule.getValue())))
                .toList();
    }

    @Override
    public Optional<String> placeOf(String entryKind, String field) {
        return Optional.empty();
    }

    @Override
    public SortedSet<EntryKey> dependencies(DesiredEntry entry, Neighbours around, Notes notes) {
        return Collections.emptySortedSet();
    }

    @Override
    public List<Problem> obstacles(DesiredEntry desired, EntryState found) {
        return List.of();
    }

    /** A rule holds no data: undoing is exact whatever the target can do. */
    @Override
    public Assessment assess(Operation operation, EntryState found, Set<String> capabilities) {
        return switch (operation) {
            case Operation.Create _, Operation.Update _ -> Assessment.of(Risk.MUTATING, UndoClass.EXACT);
            case Operation.Delete _ -> Assessment.of(Risk.DESTRUCTIVE, UndoClass.EXACT);
        };
    }
}
