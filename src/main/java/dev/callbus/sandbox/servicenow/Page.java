package dev.callbus.sandbox.servicenow;

import dev.callbus.sandbox.servicenow.platform.Refusal;
import dev.callbus.sandbox.servicenow.platform.Search;
import io.vertx.core.MultiMap;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What part of a list is asked for, and the {@code Link} header that leads to the other parts.
 *
 * @param address of the list, without its query
 */
record Page(int limit, int offset, String address, MultiMap query) {
    private static final int USUAL_LIMIT = 10_000;

    static Page of(ApiRequest request) {
        var offset = number(request, "sysparm_offset").orElse(0);
        if (offset < 0) {
            throw new Refusal(400, "Invalid sysparm_offset", "sysparm_offset must not be negative");
        }
        var limit = number(request, "sysparm_limit").filter(sent -> sent > 0).orElse(USUAL_LIMIT);
        return new Page(limit, offset, request.baseUrl() + request.path(), request.query());
    }

    /** The {@code Link} header's value; the last page has no {@code next}, the first no {@code prev}. */
    String links(Search.Found found) {
        var links = new ArrayList<>(List.of(link(0, "first")));
        if (offset + (long) limit < found.total()) {
            links.add(link(offset + limit, "next"));
        }
        if (offset > 0) {
            links.add(link(Math.max(0, offset - limit), "prev"));
        }
        var last = found.total() == 0 ? 0 : (found.total() - 1) / limit * limit;
        links.add(link(last, "last"));
        return String.join(",", links);
    }

    private String link(long offset, String relation) {
        var kept = query.entries().stream()
                .filter(parameter -> !parameter.getKey().equals("sysparm_limit")
                        && !parameter.getKey().equals("sysparm_offset"))
                .map(parameter -> encode(parameter.getKey()) + '=' + encode(parameter.getValue()) + '&')
                .collect(Collectors.joining());
        return "<%s?%ssysparm_limit=%d&sysparm_offset=%d>;rel=\"%s\"".formatted(address, kept, limit, offset, relation);
    }

    /** A number of the query; one that can't be read is as if it weren't there. */
    private static Optional<Integer> number(ApiRequest request, String name) {
        try {
            return request.parameter(name).map(text -> Integer.parseInt(text.strip()));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
