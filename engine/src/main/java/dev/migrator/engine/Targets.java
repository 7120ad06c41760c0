package dev.migrator.engine;

import dev.migrator.target.TargetException;
import dev.migrator.target.TargetWriter;

/** Open writers by logical target name, of one environment. */
@FunctionalInterface
public interface Targets {
    /**
     * The caller neither closes it nor keeps it beyond one command.
     *
     * @throws TargetException.Refused if there is no such target, or it is another system than declared
     */
    TargetWriter writer(String target) throws TargetException;
}
