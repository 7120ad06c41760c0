package dev.migrator.snapshot.work;

import dev.migrator.core.snapshot.SourceReading;
import dev.migrator.kit.targets.TargetPool;
import dev.migrator.target.TargetException;
import dev.migrator.target.TargetReader;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Where targets are in the order of their changes. A target that does not tell is no reason against a snapshot of it. */
record Positions(TargetPool targets, String environment) {
    private static final Logger LOG = Logger.getLogger(Positions.class);

    Optional<String> of(String target) {
        try {
            return targets.reading(environment, target, TargetReader::position).filter(SourceReading::isPosition);
        } catch (TargetException e) {
            LOG.debugf(
                    "A target does not tell where it is: environment=%s, target=%s, code=%s",
                    environment, target, e.problem().code());
            return Optional.empty();
        }
    }
}
