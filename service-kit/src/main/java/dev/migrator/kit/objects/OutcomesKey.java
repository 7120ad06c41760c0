package dev.migrator.kit.objects;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.lifecycle.MigrationFolder;
import dev.migrator.core.lifecycle.WorkerAnswer;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Key of the outcomes of one command for a batch. It holds the whole digest: events name outcomes by this key alone, and so are
 * bound to their bytes. It says which batch they are of, so that nobody has to read them all to find one.
 *
 * @param seq of the command
 * @param kind {@code APPLY_BATCH} or {@code REVERT_BATCH}
 */
public record OutcomesKey(String key, long seq, WorkerAnswer.Kind kind, int batch, Digest digest) {
    private static final Pattern NAME =
            Pattern.compile("outcomes-(\\d{1,18})-(apply|revert)-(\\d{1,9})-([0-9a-f]{64})\\.json");

    /** @param answer to the command */
    public static String of(String commit, WorkerAnswer answer, Digest outcomes) {
        return MigrationFolder.of(commit, answer.id()) + "outcomes-"
                + answer.position().seq() + "-"
                + (answer.kind() == WorkerAnswer.Kind.REVERT_BATCH ? "revert" : "apply") + "-" + answer.batch() + "-"
                + outcomes.hex() + ".json";
    }

    /** Empty if outcomes have no such key. */
    public static Optional<OutcomesKey> in(String key) {
        var name = NAME.matcher(key.substring(key.lastIndexOf('/') + 1));
        if (!name.matches()) {
            return Optional.empty();
        }
        return Optional.of(new OutcomesKey(
                key,
                Long.parseLong(name.group(1)),
                name.group(2).equals("revert") ? WorkerAnswer.Kind.REVERT_BATCH : WorkerAnswer.Kind.APPLY_BATCH,
                Integer.parseInt(name.group(3)),
                new Digest(name.group(4))));
    }
}
