package dev.migrator.console.api;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.lifecycle.StatusJson;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.TreeMap;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Every error leaves as {@code application/problem+json} (RFC 9457) with the product's own members beside it. */
public class ProblemMappers {
    private static final Logger LOG = Logger.getLogger(ProblemMappers.class);

    /** Of input that is well written, and still not to be carried out. */
    private static final Map<String, Integer> STATUSES = Map.ofEntries(
            Map.entry("ENV-UNKNOWN", 404),
            Map.entry("FLT-ID-REUSED", 409),
            Map.entry("FLT-UNKNOWN", 404),
            Map.entry("CON-UNKNOWN-PLAN", 404),
            Map.entry("CON-AMBIGUOUS-PLAN", 409),
            Map.entry("CON-NO-EVIDENCE", 404),
            Map.entry("CON-NOT-SUCCEEDED", 409),
            Map.entry("CON-PROMOTE-ORDER", 409),
            Map.entry("CON-RESTORED", 409),
            Map.entry("DRF-CHANGED", 409),
            Map.entry("DRF-NOTHING-APPLIED", 409),
            Map.entry("DRF-RESTORED", 409),
            Map.entry("DRL-NOT-POSSIBLE", 409),
            Map.entry("OBJ-DIGEST", 409),
            Map.entry("OBJ-MISSING", 410),
            Map.entry("RST-BROKEN", 409),
            Map.entry("RST-NONE-BEFORE", 409),
            Map.entry("RST-NOTHING", 409),
            Map.entry("RST-NOT-SUCCEEDED", 409),
            Map.entry("RST-PURGED", 409),
            Map.entry("SNP-UNKNOWN", 404),
            Map.entry("SNP-AMBIGUOUS", 409));

    @ServerExceptionMapper
    public Response of(ApiProblem answered) {
        return response(answered.status(), answered.problem());
    }

    @ServerExceptionMapper
    public Response of(ProblemException badInput) {
        return response(STATUSES.getOrDefault(badInput.problem().code(), 400), badInput.problem());
    }

    @ServerExceptionMapper
    public Response of(WebApplicationException http) {
        return response(
                http.getResponse().getStatus(),
                Problem.of("CON-HTTP", "the request cannot be answered").found(http.getMessage()));
    }

    @ServerExceptionMapper
    public Response of(RuntimeException unforeseen) {
        LOG.error("a request failed in a way nobody foresaw", unforeseen);
        return response(500, Problem.of("CON-UNEXPECTED", "the request failed in a way nobody foresaw"));
    }

    static Response response(int status, Problem problem) {
        var body = new TreeMap<>(StatusJson.problem(problem).fields());
        body.put("type", Value.of("urn:migrator:problem:" + problem.code()));
        body.put("title", Value.of(problem.message()));
        body.put("status", Value.of(status));
        return Response.status(status)
                .type("application/problem+json")
                .entity(CanonicalJson.text(Value.object(body)))
                .build();
    }
}
