package dev.migrator.target.http;

import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.kinds.ExternalAddress;
import dev.migrator.core.plan.Operation;
import dev.migrator.target.CannotPurge;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Operations on entries that the system can have.
 *
 * @param name the entry's name there
 * @param type the entry's type there
 */
record Addressed(Operation operation, ExternalAddress name, EntryType type) {
    /** @param wrong gets what is wrong with an operation that is on no such entry */
    static List<Addressed> of(List<Operation> operations, Description system, BiConsumer<Operation, Problem> wrong) {
        var addressed = new ArrayList<Addressed>();
        for (var operation : operations) {
            var thing = operation.key().toString();
            try {
                var name = ExternalAddress.parse(operation.key().address());
                var type = system.types().get(name.type());
                if (type == null) {
                    wrong.accept(operation, ProtocolFaults.unknownType(thing, name.type(), system));
                } else {
                    addressed.add(new Addressed(operation, name, type));
                }
            } catch (ProblemException e) {
                wrong.accept(operation, e.problem().about(thing));
            }
        }
        return addressed;
    }

    static Problem cannotGo(Operation operation) {
        if (operation.isPurge()) {
            return CannotPurge.problem(operation.key(), "the system does not declare PURGE");
        }
        return Problem.of("TGT-CANNOT-RETIRE", "the entry can neither be deleted nor taken out of use")
                .about(operation.key().toString())
                .expected("a system with the capability DELETE or RETIRE")
                .found("neither")
                .todo("remove the entry by hand, and let go of it with state: unmanaged");
    }
}
