package dev.migrator.executor.stream;

import dev.migrator.core.error.Problem;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;

/** Whether an approval or denial was really given by whom it says. */
@FunctionalInterface
public interface SignatureCheck {
    /** @param event ApprovalGranted or ApprovalDenied, published for that environment
     *  @return why it does not count, empty if it does */
    Optional<Problem> problem(SpecificRecord event, String environment);
}
