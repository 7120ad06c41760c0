package dev.migrator.target.registry;

import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.kinds.ArtifactName;
import dev.migrator.core.kinds.SchemaGroupKind;
import dev.migrator.core.model.EntryKey;
import java.util.Set;

/** From an entry's key to what it names in the registry. */
final class Names {
    private static final Set<String> STEPS = Set.of(".", "..");
    private static final int LONGEST_ID = 512;
    private static final int LONGEST_VERSION = 256;

    private Names() {}

    /** @throws ProblemException {@code TGT-KIND} or {@code SCH-ADDRESS} if it names nothing that a registry has */
    static ArtifactName of(EntryKey key) {
        boolean version = switch (key.kind()) {
            case Fields.ARTIFACT -> false;
            case Fields.VERSION -> true;
            default ->
                throw new ProblemException(Problem.of("TGT-KIND", "a registry has no such kind of entry")
                        .about(key.toString())
                        .expected("one of " + Fields.KINDS)
                        .found(key.kind()));
        };
        var name = ArtifactName.parse(key.address());
        if (name.version().isPresent() != version) {
            throw new ProblemException(Problem.of("SCH-ADDRESS", "the text is not the address of such an entry")
                    .about(key.toString())
                    .expected(version ? "group/artifactId@version" : "group/artifactId")
                    .found(key.address()));
        }
        return name;
    }

    /**
     * As {@link #of}, for writing.
     *
     * @throws ProblemException {@code SCH-ADDRESS} also for names that are not safe in a path: empty, or a step in it,
     *     which a proxy may follow, so that a call on an artifact becomes one on its group; and for names longer than the
     *     registry's database takes, which it answers as if it were broken
     */
    static ArtifactName toWrite(EntryKey key) {
        var name = of(key);
        check(key, name.group(), LONGEST_ID);
        check(key, name.artifactId(), LONGEST_ID);
        name.version().ifPresent(version -> check(key, version, LONGEST_VERSION));
        return name;
    }

    /** As {@link #toWrite}, for the group that a key names. */
    static String groupToWrite(EntryKey key) {
        var group = SchemaGroupKind.group(key.address());
        check(key, group, LONGEST_ID);
        return group;
    }

    /** The rule that the key of a rule of the whole registry names. */
    static String rule(EntryKey key) {
        if (!Rules.TYPES.contains(key.address())) {
            throw new ProblemException(Problem.of("TGT-RULE-VALUE", "a registry has no such rule")
                    .about(key.toString())
                    .expected("one of " + Rules.TYPES)
                    .found(key.address()));
        }
        return key.address();
    }

    private static void check(EntryKey key, String part, int longest) {
        if (part.isEmpty() || STEPS.contains(part) || part.length() > longest) {
            throw new ProblemException(Problem.of("SCH-ADDRESS", "this name cannot be written safely")
                    .about(key.toString())
                    .expected("1 to " + longest + " characters, and not only one or two dots")
                    .found(part.length() > longest ? part.length() + " characters" : "'" + part + "'"));
        }
    }
}
