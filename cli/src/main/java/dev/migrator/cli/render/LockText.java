package dev.migrator.cli.render;

import dev.migrator.core.lifecycle.Lock;
import dev.migrator.core.lifecycle.MigrationStatus;
import java.util.ArrayList;
import java.util.List;

/** Who holds or waits for which scope, for people. */
public final class LockText {
    private LockText() {}

    /** @param status of a migration that has a lock */
    public static List<String> of(MigrationStatus status) {
        var lock = status.lock().orElseThrow();
        var lines = new ArrayList<String>();
        lines.add(status.id() + "  " + status.environment() + "  " + place(lock) + "  " + status.state() + "  commit "
                + status.commit() + " by " + status.requester());
        if (!lock.behind().isEmpty()) {
            lines.add("  behind " + String.join(", ", lock.behind()));
        }
        lock.scope().forEach(line -> lines.add("  scope  " + line));
        return lines;
    }

    private static String place(Lock lock) {
        return lock.held() ? "holds its scope" : "waits in line";
    }
}
