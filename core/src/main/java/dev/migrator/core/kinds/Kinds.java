package dev.migrator.core.kinds;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** The kinds that are known, and the order of their entries. */
public final class Kinds {
    private static final Kinds STANDARD = new Kinds(List.of(
            new KafkaUserKind(),
            new TopicKind(),
            new QuotaKind(),
            new AclKind(),
            new RegistryRulesKind(),
            new SchemaGroupKind(),
            new SchemaKind(),
            new SubjectKind(),
            new ConnectorKind(),
            new RoleKind(),
            new RoleMemberKind(),
            new GrantKind(),
            new ExternalKind(),
            new TableRowsKind(),
            new ActionKind(),
            new SmokeCheckKind()));

    private final List<KindRules> rules;
    private final List<String> entryKinds = new ArrayList<>();

    private Kinds(List<KindRules> rules) {
        this.rules = List.copyOf(rules);
        rules.forEach(rule -> entryKinds.addAll(rule.entryKinds()));
    }

    /** All that manifests may have. */
    public static Kinds standard() {
        return STANDARD;
    }

    public Collection<KindRules> all() {
        return rules;
    }

    /** Names of kinds as in manifests, ascending. */
    public SortedSet<String> names() {
        return new TreeSet<>(rules.stream().map(KindRules::kind).toList());
    }

    public Optional<KindRules> find(String kind) {
        return rules.stream().filter(rule -> rule.kind().equals(kind)).findFirst();
    }

    /** The rules that an entry's kind belongs to. @throws IllegalArgumentException if there are none */
    public KindRules ofEntry(String entryKind) {
        return rules.stream()
                .filter(rule -> rule.entryKinds().contains(entryKind))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no kind has entries of kind " + entryKind));
    }

    /** Whether entries of this kind belong to one of the kinds. */
    public boolean isKnown(String entryKind) {
        return entryKinds.contains(entryKind);
    }

    /** Place of an entry kind among all, from 0: the first tie-break of the order in a plan. */
    public int rank(String entryKind) {
        int rank = entryKinds.indexOf(entryKind);
        if (rank < 0) {
            throw new IllegalArgumentException("no kind has entries of kind " + entryKind);
        }
        return rank;
    }
}
