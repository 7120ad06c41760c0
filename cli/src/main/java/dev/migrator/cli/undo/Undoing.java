package dev.migrator.cli.undo;

import dev.migrator.cli.direct.DirectEnvironment;
import dev.migrator.core.undo.UndoKit;
import dev.migrator.engine.EngineSettings;
import dev.migrator.engine.EngineUnavailable;
import dev.migrator.engine.KitPreview;
import dev.migrator.engine.KitUndo;
import dev.migrator.engine.Pace;
import dev.migrator.engine.SecretTargets;
import dev.migrator.engine.Secrets;
import dev.migrator.target.TargetException;
import dev.migrator.target.TargetWriter;
import dev.migrator.target.WriteGuard;

/** An undo whose targets are open for writing: everything that can be refused before the first write has been. */
public final class Undoing implements AutoCloseable {
    private final UndoKit kit;
    private final KitTargets<TargetWriter> targets;
    private final Secrets secrets;

    private Undoing(UndoKit kit, KitTargets<TargetWriter> targets, Secrets secrets) {
        this.kit = kit;
        this.targets = targets;
        this.secrets = secrets;
    }

    /** Exceptions as {@link KitTargets#forWriting}. */
    public static Undoing of(UndoKit kit, DirectEnvironment source, Secrets secrets) throws TargetException {
        return new Undoing(kit, KitTargets.forWriting(kit, source), secrets);
    }

    /** What would be done, found out by reading. Exceptions as {@link KitTargets#forReading}. */
    public static KitPreview.Report preview(UndoKit kit, DirectEnvironment source, Secrets secrets)
            throws TargetException {
        try (var readers = KitTargets.forReading(kit, source)) {
            return new KitPreview(secrets).of(kit, readers.byName());
        }
    }

    /** @throws EngineUnavailable if a target stopped answering: what is undone is found so the next time */
    public KitUndo.Report run(KitUndo.Progress progress) throws EngineUnavailable, TargetException.Fenced {
        var writers = new SecretTargets(targets.byName()::get, secrets);
        return new KitUndo(writers, EngineSettings.DEFAULT, Pace.SYSTEM).run(kit, WriteGuard.ALWAYS, progress);
    }

    @Override
    public void close() {
        targets.close();
    }
}
