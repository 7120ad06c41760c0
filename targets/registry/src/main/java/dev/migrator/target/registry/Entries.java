package dev.migrator.target.registry;

import dev.migrator.core.error.Problem;
import dev.migrator.core.kinds.ArtifactName;
import dev.migrator.core.kinds.SchemaGroupKind;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.target.TargetException;

/** Reads single entries. An entry takes a few calls: what changes between them is read again. */
final class Entries {
    private static final int READINGS = 3;

    private final RegistryReads reads;

    Entries(RegistryReads reads) {
        this.reads = reads;
    }

    /** @throws dev.migrator.core.error.ProblemException if the key's address or kind is none of this target */
    EntryState state(EntryKey key) throws TargetException {
        return switch (key.kind()) {
            case Fields.GLOBAL_RULE -> globalRule(Names.rule(key)).state();
            case Fields.GROUP -> group(SchemaGroupKind.group(key.address())).state();
            case Fields.ARTIFACT -> artifact(Names.of(key)).state();
            default -> version(Names.of(key)).state();
        };
    }

    Found.OfRule globalRule(String type) throws TargetException {
        return Found.OfRule.of(reads.rule(Paths.GLOBAL_RULES, type));
    }

    Found.OfGroup group(String id) throws TargetException {
        for (int reading = 0; reading < READINGS; reading++) {
            var group = reads.group(id);
            if (group.isEmpty()) {
                return Found.OfGroup.NONE;
            }
            var rules = reads.rules(Paths.groupRules(id));
            if (rules.isPresent()) {
                return Found.OfGroup.of(group.get(), rules.get());
            }
        }
        throw restless(SchemaGroupKind.address(id));
    }

    Found.OfArtifact artifact(ArtifactName name) throws TargetException {
        for (int reading = 0; reading < READINGS; reading++) {
            var artifact = reads.artifact(name);
            if (artifact.isEmpty()) {
                return Found.OfArtifact.NONE;
            }
            var rules = reads.rules(Paths.rules(name));
            if (rules.isPresent()) {
                return Found.OfArtifact.of(artifact.get(), rules.get());
            }
        }
        throw restless(name.address());
    }

    Found.OfVersion version(ArtifactName name) throws TargetException {
        for (int reading = 0; reading < READINGS; reading++) {
            var version = reads.version(name);
            if (version.isEmpty()) {
                return Found.OfVersion.NONE;
            }
            if (version.get().state() == Version.State.DRAFT) {
                return Found.OfVersion.draft(version.get());
            }
            var content = reads.content(version.get().contentId());
            var references = reads.references(version.get().contentId());
            if (content.isPresent() && references.isPresent()) {
                return Found.OfVersion.of(version.get(), SchemaText.of(content.get()), references.get());
            }
        }
        throw restless(name.address());
    }

    private static TargetException restless(String address) {
        return new TargetException.Unavailable(
                Problem.of("TGT-UNAVAILABLE", "the entry keeps changing while it is read")
                        .about(address)
                        .expected("what one call names to be there in the next")
                        .found("gone, " + READINGS + " times")
                        .todo("find out who else writes it; the call is tried again"),
                null);
    }
}
