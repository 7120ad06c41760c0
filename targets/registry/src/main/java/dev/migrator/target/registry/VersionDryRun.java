package dev.migrator.target.registry;

import dev.migrator.core.error.Problem;
import dev.migrator.core.kinds.ArtifactName;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.plan.Operation;
import dev.migrator.target.DryRunOutcome;
import dev.migrator.target.Judged;
import dev.migrator.target.TargetException;
import dev.migrator.target.httpclient.EntryRefused;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Versions: tested by the registry against the rules in force, where nothing that decides is still to be made by the plan
 * itself; what cannot be tested is said.
 */
final class VersionDryRun implements RegistryDryRun.Question<Found.OfVersion> {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._+-]{1,256}");
    private static final Set<String> REFERENCES_EXIST = Set.of("REFS_EXIST", "FULL");
    private static final String NO_DUPLICATES = "NO_DUPLICATES";

    private final RegistryReads reads;
    private final ContentTest test;
    private final PlannedSchemas planned;
    private final RulesToCome rules;

    VersionDryRun(RegistryReads reads, ContentTest test, PlannedSchemas planned, RulesToCome rules) {
        this.reads = reads;
        this.test = test;
        this.planned = planned;
        this.rules = rules;
    }

    @Override
    public DryRunOutcome ask(Operation operation, Found.OfVersion found) throws TargetException, EntryRefused {
        return switch (operation) {
            case Operation.Create create when found.version().isEmpty() -> create(create, Names.of(create.key()));
            case Operation.Create create -> reused(create, found.version().get(), found);
            case Operation.Update update -> {
                VersionWriter.refusePublished(update);
                VersionWriter.check(update.key(), update.after());
                var _ = VersionWriter.state(update.key(), update.after());
                yield new DryRunOutcome.Accepted(update.key());
            }
            case Operation.Delete(var key, var _, var _) -> new DryRunOutcome.Accepted(key);
        };
    }

    private static DryRunOutcome reused(Operation.Create create, Version version, Found.OfVersion found)
            throws EntryRefused {
        VersionWriter.check(create.key(), create.after());
        var _ = VersionWriter.state(create.key(), create.after());
        return VersionWriter.published(VersionWriter.comparable(version.type(), create.after()))
                        .holdsIn(Found.content(found.state()))
                ? new DryRunOutcome.Accepted(create.key())
                : new DryRunOutcome.Unchecked(create.key(), Judged.NOT_AS_PLANNED);
    }

    private DryRunOutcome create(Operation.Create create, ArtifactName name) throws TargetException, EntryRefused {
        var key = create.key();
        var text = VersionWriter.content(key, create.after());
        var references = VersionWriter.wantedReferences(key, create.after());
        var _ = VersionWriter.state(key, create.after());
        if (!NAME.matcher(name.version().orElseThrow()).matches()) {
            return badName(key, name);
        }
        var artifact = name.withoutVersion();
        var there = reads.artifact(artifact);
        if (there.isEmpty() && !planned.makesArtifact(artifact.address(), create)) {
            return missing(key, artifact);
        }
        var toCome = rules.of(artifact);
        var wrong = wrongReferences(create, references, toCome);
        if (wrong.isPresent()) {
            return wrong.get();
        }
        if (toCome.isEmpty()) {
            return new DryRunOutcome.Accepted(key); // whatever it holds, no rule will look at it
        }
        var untestable = untestable(create, artifact, there.isEmpty(), references, toCome);
        return untestable.isPresent()
                ? new DryRunOutcome.Unchecked(key, untestable.get())
                : tested(key, artifact, there.orElseThrow().type(), text);
    }

    /** Why the registry's test would say nothing about what applying the plan comes to; empty if it would. */
    private Optional<String> untestable(
            Operation.Create create,
            ArtifactName artifact,
            boolean made,
            List<Reference> references,
            Map<String, String> toCome)
            throws TargetException {
        if (made) {
            return Optional.of("the plan makes its artifact: the registry cannot test it against rules " + toCome
                    + " before they are there");
        }
        if (rules.change(artifact)) {
            return Optional.of("the plan changes the rules that hold for its artifact to " + toCome
                    + ": the registry can test it only against those in force now");
        }
        if (!references.isEmpty()) {
            return Optional.of("it refers to other schemas: the registry has no test of such content against rules "
                    + toCome + " that writes nothing");
        }
        if (toCome.containsKey(Rules.COMPATIBILITY) && planned.makesVersionBefore(create)) {
            return Optional.of("the plan makes another version of its artifact before it: the registry can compare it"
                    + " only with those that are there now");
        }
        return Optional.empty();
    }

    private DryRunOutcome tested(EntryKey key, ArtifactName artifact, String type, String text) throws TargetException {
        var verdict = test.ask(artifact, type, text);
        if (verdict instanceof ContentTest.Verdict.Broken) {
            // some rules fail on content that is none of its type: if it is the content, everything else works
            var _ = reads.artifact(artifact);
            verdict = test.ask(artifact, type, text);
        }
        return switch (verdict) {
            case ContentTest.Verdict.Passed _ -> new DryRunOutcome.Accepted(key);
            case ContentTest.Verdict.Gone _ -> new DryRunOutcome.Unchecked(key, Judged.NOT_AS_PLANNED);
            case ContentTest.Verdict.Unanswered _ ->
                new DryRunOutcome.Unchecked(key, "the registry has no test that writes nothing (API version 2)");
            case ContentTest.Verdict.Failed(var answer) -> refused(key, answer.errorWords());
            case ContentTest.Verdict.Broken(var answer) ->
                refused(key, "a rule that fails on it each time: " + answer.errorWords());
        };
    }

    private static DryRunOutcome refused(EntryKey key, String found) {
        return new DryRunOutcome.Refused(
                key,
                Problem.of("DRY-RULE", "a rule of the registry refuses this schema")
                        .about(key.toString())
                        .expected("what the artifact's rules ask for")
                        .found(found)
                        .todo("change the schema, or the rule in an earlier migration"));
    }

    private Optional<DryRunOutcome> wrongReferences(
            Operation.Create create, List<Reference> references, Map<String, String> toCome) throws TargetException {
        var key = create.key();
        var integrity = List.of(toCome.getOrDefault(Rules.INTEGRITY, "").split(","));
        var absent = new ArrayList<String>();
        for (var reference : references) {
            var address = reference.to().address();
            if (!planned.makesVersion(address, create)
                    && (planned.removesVersion(address)
                            || reads.version(reference.to()).isEmpty())) {
                absent.add(address);
            }
        }
        if (!absent.isEmpty()) {
            return Optional.of(
                    integrity.stream().anyMatch(REFERENCES_EXIST::contains)
                            ? reference(key, "every reference to be there", "nothing at " + String.join(", ", absent))
                            : new DryRunOutcome.Unchecked(
                                    key, "it refers to " + absent.getFirst() + ", which is not there"));
        }
        var names = new HashSet<>();
        boolean repeated = references.stream().anyMatch(reference -> !names.add(reference.name()));
        return repeated && (integrity.contains(NO_DUPLICATES) || integrity.contains("FULL"))
                ? Optional.of(reference(key, "references with a name each", "a name twice"))
                : Optional.empty();
    }

    private static DryRunOutcome reference(EntryKey key, String expected, String found) {
        return new DryRunOutcome.Refused(
                key,
                Problem.of("DRY-REFERENCE", "the integrity rule refuses the references of this schema")
                        .about(key.toString())
                        .expected(expected)
                        .found(found)
                        .todo("add what it refers to, or correct the reference"));
    }

    private static DryRunOutcome missing(EntryKey key, ArtifactName artifact) {
        return new DryRunOutcome.Refused(
                key,
                Problem.of("DRY-MISSING-ARTIFACT", "the artifact of this version is not there")
                        .about(key.toString())
                        .expected("artifact " + artifact.address() + ", or an earlier operation that makes it")
                        .found("neither")
                        .todo("create the artifact first"));
    }

    private static DryRunOutcome badName(EntryKey key, ArtifactName name) {
        return new DryRunOutcome.Refused(
                key,
                Problem.of("DRY-NAME", "the registry does not take this name of a version")
                        .about(key.toString())
                        .expected("1 to 256 of A-Z a-z 0-9 . _ + -")
                        .found(name.version().orElse(""))
                        .todo("choose another version"));
    }
}
