package dev.migrator.target.registry;

import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.plan.Operation;
import dev.migrator.target.CannotPurge;
import dev.migrator.target.DryRunOutcome;
import dev.migrator.target.Judged;
import dev.migrator.target.TargetException;
import dev.migrator.target.httpclient.EntryRefused;
import dev.migrator.target.httpclient.Parallel;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Asks a registry what it would say to the operations of a plan, with calls that read alone. */
final class RegistryDryRun {
    static final String PERMISSION = "DRY-PERMISSION";
    private static final String RIGHTS_UNKNOWN = "the registry does not tell whether the credential may write";

    private final GlobalRuleWriter globalRules;
    private final GroupWriter groups;
    private final ArtifactWriter artifacts;
    private final VersionWriter versions;
    private final ArtifactDryRun artifactRun;
    private final VersionDryRun versionRun;
    private final List<Operation> operations;
    private final RegistryReads reads;

    RegistryDryRun(RegistryReader reader, RegistryHttp http, List<Operation> operations) throws TargetException {
        this.operations = operations;
        this.reads = reader.reads();
        this.globalRules = new GlobalRuleWriter(reader.entries());
        this.groups = new GroupWriter(reader.entries());
        this.artifacts = new ArtifactWriter(reader.entries(), reads);
        this.versions = new VersionWriter(reader.entries(), reads);
        var planned = new PlannedSchemas(operations);
        this.artifactRun = new ArtifactDryRun(reads.artifactTypes());
        this.versionRun = new VersionDryRun(reads, new ContentTest(http), planned, new RulesToCome(reads, planned));
    }

    /** @throws TargetException if an entry got no answer, or the credential may not read */
    List<DryRunOutcome> ask() throws TargetException {
        var roles = reads.roles();
        return Parallel.map(
                operations,
                operation -> allowed(
                        askOne(operation),
                        operation.key().kind().equals(Fields.GLOBAL_RULE)
                                ? roles.map(RegistryReads.Roles::administers)
                                : roles.map(RegistryReads.Roles::writes)));
    }

    private DryRunOutcome askOne(Operation operation) throws TargetException {
        var key = operation.key();
        try {
            return switch (key.kind()) {
                case Fields.GLOBAL_RULE -> judged(operation, globalRules, SettingsDryRun::globalRule);
                case Fields.GROUP -> judged(operation, groups, SettingsDryRun::group);
                case Fields.ARTIFACT -> judged(operation, artifacts, artifactRun);
                default -> judged(operation, versions, versionRun);
            };
        } catch (ProblemException e) {
            return new DryRunOutcome.Refused(key, e.problem().about(key.toString()));
        } catch (EntryRefused e) {
            return new DryRunOutcome.Refused(key, e.problem());
        }
    }

    /** What to ask of an entry that is as its operation expects it. */
    interface Question<F extends Found> {
        DryRunOutcome ask(Operation operation, F found) throws TargetException, EntryRefused;
    }

    private <F extends Found> DryRunOutcome judged(Operation operation, EntryWriter<F> writer, Question<F> question)
            throws TargetException, EntryRefused {
        var key = operation.key();
        var found = writer.read(key);
        var judged = Judged.of(List.of(writer.comparable(operation, found)), Map.of(), Map.of(key, found.state()));
        if (judged.writes().isEmpty()) {
            return judged.dryRunOutcomes(Map.of()).getFirst();
        }
        return operation.isPurge() ? purge(key) : question.ask(operation, found);
    }

    /** What else stands in the way (versions, references) goes with the same plan, or shows when it is purged. */
    private DryRunOutcome purge(EntryKey key) throws TargetException {
        if (key.kind().equals(Fields.GROUP)) {
            return CannotPurge.foretold(key, GroupWriter.NEVER_DELETED);
        }
        return reads.deletionAllowed()
                ? new DryRunOutcome.Accepted(key)
                : CannotPurge.foretold(key, "the registry forbids deletion");
    }

    private static DryRunOutcome allowed(DryRunOutcome outcome, Optional<Boolean> mayWrite) {
        if (outcome instanceof DryRunOutcome.Refused || mayWrite.equals(Optional.of(true))) {
            return outcome;
        }
        var key = outcome.key();
        return mayWrite.isEmpty()
                ? new DryRunOutcome.Unchecked(key, RIGHTS_UNKNOWN)
                : new DryRunOutcome.Refused(key, denied(key));
    }

    private static Problem denied(EntryKey key) {
        return Problem.of(PERMISSION, "the credential for writing may not write to the registry")
                .about(key.toString())
                .expected(
                        key.kind().equals(Fields.GLOBAL_RULE)
                                ? "the role of an administrator"
                                : "the role of a developer or an administrator")
                .found("not that role")
                .todo("give the executor's user the role");
    }
}
