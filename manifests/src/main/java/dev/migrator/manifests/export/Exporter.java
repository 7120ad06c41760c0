package dev.migrator.manifests.export;

import dev.migrator.core.bundle.BundleReader;
import dev.migrator.core.bundle.SourcedManifest;
import dev.migrator.core.canonical.Digest;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.contents.SchemaLanguages;
import dev.migrator.core.error.Finding;
import dev.migrator.core.error.Finding.Severity;
import dev.migrator.core.error.Problem;
import dev.migrator.core.kinds.AclKind;
import dev.migrator.core.kinds.ConnectorKind;
import dev.migrator.core.kinds.ExternalKind;
import dev.migrator.core.kinds.GrantKind;
import dev.migrator.core.kinds.KafkaUserKind;
import dev.migrator.core.kinds.QuotaKind;
import dev.migrator.core.kinds.RegistryRulesKind;
import dev.migrator.core.kinds.RoleKind;
import dev.migrator.core.kinds.RoleMemberKind;
import dev.migrator.core.kinds.SchemaGroupKind;
import dev.migrator.core.kinds.SchemaKind;
import dev.migrator.core.kinds.SubjectKind;
import dev.migrator.core.kinds.TableRowsKind;
import dev.migrator.core.kinds.TopicKind;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.model.Placeholders;
import dev.migrator.core.rules.Rule;
import dev.migrator.core.rules.Rules;
import dev.migrator.manifests.ManifestWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Turns what a target holds into manifests, such that planning them against the same state changes nothing. What no
 * manifest can say is left out and named.
 */
public final class Exporter {
    private static final String DEFAULT_PROJECT = "default";
    private static final Map<String, String> FOLDERS = Map.ofEntries(
            Map.entry(AclKind.KIND, "acls/"),
            Map.entry(SchemaKind.KIND, "schemas/"),
            Map.entry(TableRowsKind.KIND, "rows/"),
            Map.entry(QuotaKind.KIND, "quotas/"),
            Map.entry(TopicKind.KIND, "topics/"),
            Map.entry(ConnectorKind.KIND, "connectors/"),
            Map.entry(ExternalKind.KIND, "external/"),
            Map.entry(KafkaUserKind.KIND, "users/"),
            Map.entry(RoleKind.KIND, "roles/"),
            Map.entry(RoleMemberKind.KIND, "role-members/"),
            Map.entry(GrantKind.KIND, "grants/"),
            Map.entry(RegistryRulesKind.KIND, "registry-rules/"),
            Map.entry(SchemaGroupKind.KIND, "schema-groups/"),
            Map.entry(SubjectKind.KIND, "subjects/"));

    private static final String AS_IT_IS = "the registry held this version as it is when it was exported";

    private final String project;
    private final SchemaLanguages languages;
    private final Set<String> named;
    private final List<Finding> leftOut = new ArrayList<>();

    /** @param target that it is of */
    private record Owned(Draft draft, String target) {}

    private Exporter(String project, SchemaLanguages languages, Set<String> named) {
        this.project = project;
        this.languages = languages;
        this.named = Set.copyOf(named);
    }

    /**
     * @param states what the settled targets hold, in any order; absent and retired entries are not exported
     * @param project owner of all that is exported, {@code default} with one team
     * @param languages those that contents of schemas are judged in: what a registry holds although its own language
     *     refuses it is exported with a suppression that says so
     */
    public static Exported export(Map<EntryKey, EntryState> states, String project, SchemaLanguages languages) {
        return export(states, project, languages, Set.of());
    }

    /**
     * As above.
     *
     * @param named targets that manifests have to name, as the environment has others of their type
     */
    public static Exported export(
            Map<EntryKey, EntryState> states, String project, SchemaLanguages languages, Set<String> named) {
        return new Exporter(project, languages, named).of(new TreeMap<>(states));
    }

    private Exported of(SortedMap<EntryKey, EntryState> states) {
        var byTarget = new TreeMap<String, SortedMap<EntryKey, EntryState.Present>>();
        states.forEach((key, state) -> {
            switch (state) {
                case EntryState.Present here ->
                    byTarget.computeIfAbsent(key.target(), _ -> new TreeMap<>()).put(key, here);
                case EntryState.Retired _ -> leaveOut(key.toString(), "it is retired", "an entry in use");
                case EntryState.Absent _ -> {
                    // nothing to export
                }
            }
        });
        var all = new ArrayList<Owned>();
        byTarget.forEach((target, present) -> drafts(present).forEach(draft -> all.add(new Owned(draft, target))));
        return new Exported(files(named(all)), leftOut.stream().sorted().toList());
    }

    private List<Draft> drafts(SortedMap<EntryKey, EntryState.Present> present) {
        var drafts = new ArrayList<Draft>();
        drafts.addAll(KafkaUserExport.drafts(present));
        drafts.addAll(TopicExport.drafts(present));
        drafts.addAll(QuotaExport.drafts(present, this::leaveOut));
        drafts.addAll(AclExport.drafts(present, this::leaveOut));
        drafts.addAll(RegistryExport.rules(present));
        drafts.addAll(RegistryExport.groups(present));
        drafts.addAll(SchemaExport.drafts(present, this::leaveOut));
        drafts.addAll(RoleExport.drafts(present, this::leaveOut));
        drafts.addAll(TableRowsExport.drafts(present, this::leaveOut));
        drafts.addAll(ConnectorExport.drafts(present));
        drafts.addAll(ExternalExport.drafts(present, this::leaveOut));
        drafts.addAll(SubjectExport.drafts(present));
        return drafts;
    }

    /** Path to manifest. */
    private SortedMap<String, Value.Obj> named(List<Owned> drafts) {
        var manifests = new TreeMap<String, Value.Obj>();
        var about = new HashMap<String, String>();
        var taken = new HashSet<String>();
        drafts.stream()
                .collect(Collectors.groupingBy(one -> one.draft().kind()))
                .forEach((kind, ofKind) -> {
                    var names = Names.of(ofKind.stream().map(this::apart).toList());
                    var byTarget = new HashMap<String, Map<String, String>>();
                    ofKind.forEach(one -> byTarget.computeIfAbsent(one.target(), _ -> new HashMap<>())
                            .put(one.draft().identity(), names.get(apart(one).identity())));
                    for (Owned one : ofKind) {
                        var draft = one.draft();
                        var ofTarget = byTarget.get(one.target());
                        var name = ofTarget.get(draft.identity());
                        var path = path(FOLDERS.get(kind), name, taken);
                        manifests.put(path, manifest(one, name, linked(kind, draft.spec(), ofTarget)));
                        about.put(path, draft.about());
                    }
                });
        return withoutInvalid(manifests, about);
    }

    /** Two targets of a type may hold the same. */
    private Draft apart(Owned one) {
        var draft = one.draft();
        return named.contains(one.target())
                ? new Draft(
                        draft.kind(), draft.wish(), one.target() + " " + draft.identity(), draft.spec(), draft.about())
                : draft;
    }

    private static Value.Obj linked(String kind, Value.Obj spec, Map<String, String> names) {
        return kind.equals(SubjectKind.KIND) ? SubjectExport.linked(spec, names) : SchemaExport.linked(spec, names);
    }

    /** Two names may differ only in upper and lower case, which some file systems take for the same. */
    private static String path(String folder, String name, Set<String> taken) {
        var path = folder + name + ".yaml";
        if (name.startsWith(".") || !taken.add(path.toLowerCase(Locale.ROOT))) {
            return folder + "_" + Digest.ofText(name).brief() + "-" + name + ".yaml";
        }
        return path;
    }

    private Value.Obj manifest(Owned one, String name, Value.Obj spec) {
        var draft = one.draft();
        var metadata = new TreeMap<String, Value>();
        metadata.put("name", Value.of(name));
        if (!project.equals(DEFAULT_PROJECT)) {
            metadata.put("project", Value.of(project));
        }
        if (named.contains(one.target())) {
            metadata.put("target", Value.of(one.target()));
        }
        var escaped = escaped(spec.get("address").equals(Value.of(name)) ? TopicExport.withoutAddress(spec) : spec);
        return Value.object(
                "apiVersion", Value.of("migrator.dev/v1"),
                "kind", Value.of(draft.kind()),
                "metadata", Value.object(metadata),
                "spec",
                        ConnectorExport.withSecrets(
                                escaped, name, (setting, secret) -> hidden(draft.about(), setting, secret)));
    }

    /** What looks like a placeholder is meant as text, but for the secret that a user's password is to come from. */
    private static Value.Obj escaped(Value.Obj spec) {
        var fields = new TreeMap<>(((Value.Obj) Placeholders.escaped(spec)).fields());
        if (spec.get("mechanisms") instanceof Value.Obj) {
            fields.put("password", spec.get("password"));
        }
        return Value.object(fields);
    }

    /** The core is the judge of what a manifest can say. One left out may leave another without what it refers to. */
    private SortedMap<String, Value.Obj> withoutInvalid(
            SortedMap<String, Value.Obj> manifests, Map<String, String> about) {
        var left = new TreeMap<>(manifests);
        while (true) {
            var sourced = left.entrySet().stream()
                    .map(file -> new SourcedManifest(file.getValue(), file.getKey(), 1, Map.of()))
                    .toList();
            var errors = BundleReader.read(sourced, languages).findings().stream()
                    .filter(finding -> finding.stops() && left.containsKey(finding.file()))
                    .toList();
            if (errors.isEmpty()) {
                return left;
            }
            for (Finding error : errors) {
                var manifest = left.get(error.file());
                if (manifest != null && isHeldAllTheSame(manifest, error.problem())) {
                    left.put(
                            error.file(),
                            Suppressing.rule(manifest, error.problem().code(), AS_IT_IS));
                } else if (left.remove(error.file()) != null) {
                    leaveOut(
                            about.get(error.file()),
                            error.problem().message(),
                            error.problem().expected());
                }
            }
        }
    }

    /** What a schema says is for its registry to judge, and that one has taken it. */
    private static boolean isHeldAllTheSame(Value.Obj manifest, Problem problem) {
        return manifest.get("kind").equals(Value.of(SchemaKind.KIND))
                && Rules.find(problem.code()).filter(Rule::suppressible).isPresent();
    }

    private static SortedMap<String, String> files(SortedMap<String, Value.Obj> manifests) {
        var files = new TreeMap<String, String>();
        manifests.forEach((path, manifest) -> files.put(path, ManifestWriter.write(manifest)));
        return files;
    }

    private void hidden(String about, String setting, String secret) {
        leftOut.add(new Finding(
                Severity.WARNING,
                Problem.of("EXP-SECRET", "a secret is not exported: a reference stands in its place")
                        .about(about + ", " + setting)
                        .expected("what the system reads itself, or a reference")
                        .found("a secret in plain text")
                        .todo("give the executor the secret " + secret + ", or correct the reference"),
                "",
                0));
    }

    private void leaveOut(String about, String reason, String expected) {
        leftOut.add(new Finding(
                Severity.WARNING,
                Problem.of("EXP-LEFT-OUT", "an entry is not exported: " + reason)
                        .about(about)
                        .expected(expected)
                        .todo("it stays in the target as it is"),
                "",
                0));
    }

    /** Where entries go that no manifest can describe. */
    interface LeftOut {
        void add(String about, String reason, String expected);
    }
}
