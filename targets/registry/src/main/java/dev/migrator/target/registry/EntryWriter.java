package dev.migrator.target.registry;

import dev.migrator.core.model.EntryKey;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Outcome;
import dev.migrator.target.TargetException;
import dev.migrator.target.httpclient.EntryRefused;
import dev.migrator.target.httpclient.Raced;

/** How entries of one kind are written. */
interface EntryWriter<F extends Found> {
    /** @throws dev.migrator.core.error.ProblemException if the key names nothing that can be written safely */
    F read(EntryKey key) throws TargetException;

    /**
     * The operation in the form in which it is compared with what was found: contents canonical; of an update that broke
     * off half way, what is left to do.
     */
    Operation comparable(Operation operation, F found);

    /**
     * Writes what was judged to be written.
     *
     * @param operation as given, not as compared
     * @param found what it was judged by
     * @throws Raced if the entry turns out to be another by now; nothing of it was overwritten
     */
    Outcome write(Operation operation, F found, Calls calls) throws TargetException, EntryRefused, Raced;
}
