package dev.migrator.target.registry;

import dev.migrator.core.error.Problem;
import dev.migrator.target.TargetException;
import dev.migrator.target.httpclient.HttpFaults;

/** Says what went wrong with a call as a whole, and whether trying again can help. */
final class Faults {
    static final HttpFaults OF_CALLS = new HttpFaults("the registry", reply -> new Answer(reply).errorWords());

    private Faults() {}

    /** An answer that this API does not give: another application, a proxy, another version. */
    static TargetException.Unavailable strange(Answer answer) {
        return new TargetException.Unavailable(
                Problem.of("TGT-UNEXPECTED-ANSWER", "the answer is not one of a registry's API version 3")
                        .about(answer.call())
                        .expected("an answer of Apicurio Registry, at an address that ends with /apis/registry/v3")
                        .found(OF_CALLS.said(answer.reply()))
                        .todo("check the target's address in environments.yaml, and what stands before the registry"),
                null);
    }
}
