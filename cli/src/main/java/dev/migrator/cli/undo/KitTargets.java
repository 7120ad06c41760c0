package dev.migrator.cli.undo;

import dev.migrator.cli.direct.CredentialFile;
import dev.migrator.cli.direct.DirectEnvironment;
import dev.migrator.core.environment.TargetConfig;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.undo.KitTarget;
import dev.migrator.core.undo.UndoKit;
import dev.migrator.target.TargetException;
import dev.migrator.target.TargetReader;
import dev.migrator.target.TargetWriter;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The systems of a kit, all opened and known to be the right ones before anything is done to one of them.
 *
 * @param byName ascending
 */
public record KitTargets<T extends TargetReader>(Map<String, T> byName) implements AutoCloseable {
    private interface Opening<T> {
        T open(TargetConfig config) throws TargetException;
    }

    /** Opens them through clients that have no write methods. Exceptions as {@link #forWriting}. */
    public static KitTargets<TargetReader> forReading(UndoKit kit, DirectEnvironment source) throws TargetException {
        return open(kit, source, source::open);
    }

    /**
     * Opens them for writing, with the credentials that the targets file names.
     *
     * @throws ProblemException {@code KIT-TARGET} if the file does not name a target of the kit, {@code
     *     CLI-OTHER-ENVIRONMENT} if it is one of another environment, {@code TGT-WRONG-CLUSTER} if a system is another one
     *     than the migration wrote, or what else a system refuses with
     * @throws TargetException if one does not answer
     */
    static KitTargets<TargetWriter> forWriting(UndoKit kit, DirectEnvironment source) throws TargetException {
        return open(
                kit,
                source,
                config -> source.provider(config)
                        .openWriter(
                                config,
                                source.credentials()
                                        .of(config)
                                        .map(CredentialFile::read)
                                        .orElse(Map.of()),
                                source.callTimeout()));
    }

    private static <T extends TargetReader> KitTargets<T> open(
            UndoKit kit, DirectEnvironment source, Opening<T> opening) throws TargetException {
        if (!source.name().equals(kit.environment())) {
            throw new ProblemException(
                    Problem.of("CLI-OTHER-ENVIRONMENT", "the targets file is one of another environment")
                            .about(source.shownAs())
                            .expected("environment " + kit.environment())
                            .found("environment " + source.name())
                            .todo("name the file of that environment"));
        }
        var opened = new KitTargets<T>(new TreeMap<>());
        try {
            for (KitTarget target : kit.targets()) {
                opened.byName.put(target.name(), opened(target, source, opening));
            }
            return opened;
        } catch (TargetException | RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    private static <T extends TargetReader> T opened(KitTarget target, DirectEnvironment source, Opening<T> opening)
            throws TargetException {
        var config = source.environment()
                .target(target.name())
                .filter(found -> found.type().equals(target.type()))
                .orElseThrow(() -> new ProblemException(
                        Problem.of("KIT-TARGET", "the targets file does not name a target of the undo kit")
                                .about(source.shownAs())
                                .expected("target " + target.name() + " of type " + target.type())
                                .found(source.environment().targets().stream()
                                        .map(found -> found.name() + " of type " + found.type())
                                        .toList()
                                        .toString())
                                .todo("add it, with a credential that may write")));
        try {
            var open = opening.open(expecting(config, target.identity()));
            requireSame(target, open);
            return open;
        } catch (TargetException.Refused e) {
            throw new ProblemException(e.problem(), e);
        }
    }

    /** Whatever the file says: the system that the migration wrote is the one that is undone. */
    private static TargetConfig expecting(TargetConfig config, String identity) {
        return new TargetConfig(
                config.name(),
                config.type(),
                config.address(),
                identity.isEmpty() ? config.expectedClusterId() : Optional.of(identity),
                config.readCredential(),
                config.writeCredential(),
                config.checkCredential(),
                config.principal());
    }

    private static void requireSame(KitTarget target, TargetReader open) throws TargetException {
        String found;
        try {
            found = open.identity();
        } catch (TargetException e) {
            open.close();
            throw e;
        }
        if (!found.equals(target.identity())) {
            open.close();
            throw new ProblemException(Problem.of(
                            "TGT-WRONG-CLUSTER", "this is another system than the migration wrote; nothing is written")
                    .about("target " + target.name())
                    .expected(target.identity().isEmpty() ? "one without an id" : target.identity())
                    .found(found.isEmpty() ? "one without an id" : found)
                    .todo("correct the address in the targets file"));
        }
    }

    @Override
    public void close() {
        byName.values().forEach(TargetReader::close);
    }
}
