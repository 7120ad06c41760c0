package dev.migrator.core.settings;

import dev.migrator.core.error.Finding;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.kinds.Kinds;
import dev.migrator.core.kinds.Neighbours;
import dev.migrator.core.model.Resource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The settings of one environment, or those that hold without any, at work on the manifests of a bundle. */
public final class EnvironmentSettings {
    /** What became of a manifest. */
    public sealed interface Adapted {
        record Done(Draft draft) implements Adapted {}

        /** It names a variable that only an environment gives a value. */
        record NeedsEnvironment() implements Adapted {}

        /** @param troubles empty when what is wrong is said elsewhere */
        record Failed(List<Draft.Trouble> troubles) implements Adapted {}
    }

    /** @param draft empty when nothing changed */
    public record Renamed(Optional<Draft> draft, List<Draft.Trouble> troubles) {}

    private final Kinds kinds;
    private final List<Manifest> manifests;
    private final Settings settings;
    private final Patching patching;
    private final Substitution substitution;
    private final Names names;
    private final Optional<Rollout> rollout;
    private final List<Finding> findings = new ArrayList<>();

    /**
     * @param environment empty for none
     * @param mayWait a variable without a value is left to the environments
     */
    public EnvironmentSettings(
            Kinds kinds, List<Manifest> manifests, Settings settings, Optional<String> environment, boolean mayWait) {
        this.kinds = kinds;
        this.manifests = manifests;
        this.settings = settings;
        var overlays = environment.map(settings::overlaysOf).orElse(List.of());
        var values = new VariableValues(settings.variables(), overlays);
        this.patching = Patching.of(manifests, overlays);
        this.substitution = new Substitution(values, environment.orElse(""), mayWait);
        this.names = new Names(environment.map(settings::mappingsOf).orElse(List.of()));
        this.rollout = environment.flatMap(settings::rolloutOf);
        findings.addAll(values.findings());
        findings.addAll(patching.findings());
        findings.addAll(names.wrongExamples());
    }

    /** What is wrong with the settings themselves. */
    public List<Finding> findings() {
        return List.copyOf(findings);
    }

    /** The manifest at that place in the list, patched and with the values of variables. */
    public Adapted adapted(int index) {
        var manifest = manifests.get(index);
        var patches = patching.byManifest().getOrDefault(index, List.of());
        var draft = Draft.of(manifest, patches);
        if (manifest.plain() && patches.isEmpty()) {
            return new Adapted.Done(draft);
        }
        var substituted = substitution.in(draft.value());
        return switch (substituted.outcome()) {
            case DONE -> new Adapted.Done(draft.with(substituted.manifest()));
            case NEEDS_ENVIRONMENT -> new Adapted.NeedsEnvironment();
            case FAILED -> new Adapted.Failed(troubles(draft, substituted.problems()));
        };
    }

    /** Whether {@link #renamed} could change anything. */
    public boolean renames() {
        return !names.isEmpty();
    }

    /**
     * The draft with the real names and settings that mapping rules give the resource.
     *
     * @param around all resources of the bundle under their names before any rule
     */
    public Renamed renamed(Draft draft, Resource resource, Neighbours around) {
        var renamed = new Renaming(kinds, names, around).of(resource);
        return new Renamed(
                renamed.spec().equals(resource.spec())
                        ? Optional.empty()
                        : Optional.of(draft.withSpec(renamed.spec(), renamed.places())),
                troubles(draft, renamed.problems()));
    }

    /** The declared projects, with what they own under its names here. */
    public Projects projects() {
        return new Projects(settings.projects().stream()
                .map(project -> names.isEmpty()
                        ? project
                        : project.owning(project.owns().stream().map(this::here).toList()))
                .toList());
    }

    /** In which steps changes reach the environment; empty where none is declared. */
    public Optional<Rollout> rollout() {
        return rollout;
    }

    private Owned here(Owned owned) {
        var field = kinds.find(owned.kind()).orElseThrow().ownedField();
        try {
            return names.of(field, owned.kind(), owned.text())
                    .map(hit -> new Owned(owned.targetType(), owned.kind(), hit.name(), owned.prefix()))
                    .orElse(owned);
        } catch (ProblemException _) {
            return owned; // said where a resource has that name; the claim stays as it is
        }
    }

    private static List<Draft.Trouble> troubles(Draft draft, Collection<Substitution.ProblemAt> problems) {
        return problems.stream()
                .map(problem -> draft.trouble(problem.pointer(), problem.problem()))
                .toList();
    }
}
