package dev.callbus.sandbox.twilio.rest;

import io.vertx.core.MultiMap;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What part of a list a client asks for. A page begins at a cursor rather than at an index, so that it doesn't shift when other
 * entries come and go.
 *
 * <p>Source: twilio.com/docs/usage/twilios-response#pagination
 *
 * @param cursor where the page begins; null for the list's start
 * @param filters the request's other parameters
 */
record Paging(int page, int size, @Nullable String cursor, MultiMap filters) {
    private static final int USUAL_SIZE = 50;

    /** What a request asks for; refused with 400 and 20001 if that makes no sense. */
    static Paging of(MultiMap query, int maxSize) {
        var form = new Form(query);
        var size = form.count("PageSize", USUAL_SIZE, 1, maxSize);
        var page = form.count("Page", 0, 0, Integer.MAX_VALUE);
        var token = form.text("PageToken");
        if (page > 0 && token == null) {
            throw Form.invalid("Page", page + " without its PageToken");
        }
        var filters = MultiMap.caseInsensitiveMultiMap().addAll(query);
        List.of("PageSize", "Page", "PageToken").forEach(filters::remove);
        return new Paging(page, size, token == null ? null : decode(token), filters);
    }

    /**
     * The page of a list.
     *
     * @param all in any order
     * @param cursors an entry's place in the list
     * @param order of the cursors, and so of the list
     */
    <T> Page<T> of(List<T> all, Function<T, String> cursors, Comparator<String> order) {
        var entries = all.stream().sorted(Comparator.comparing(cursors, order)).toList();
        var start = cursor == null
                ? 0
                : (int) entries.stream()
                        .filter(entry -> order.compare(cursors.apply(entry), cursor) < 0)
                        .count();
        var end = Math.min(entries.size(), start + size);
        var next = end < entries.size() ? query(page + 1, cursors.apply(entries.get(end))) : null;
        var previous =
                page > 0 && start > 0 ? query(page - 1, cursors.apply(entries.get(Math.max(0, start - size)))) : null;
        return new Page<>(entries.subList(start, end), this, next, previous);
    }

    /** The query of the list's first page. */
    String first() {
        return query(0, null);
    }

    /** The query of this page. */
    String own() {
        return query(page, cursor);
    }

    private String query(int page, @Nullable String from) {
        var before = filters.entries().stream()
                .map(filter -> encode(filter.getKey()) + "=" + encode(filter.getValue()) + "&")
                .collect(Collectors.joining());
        var paging = "PageSize=" + size + "&Page=" + page;
        return "?" + before + paging + (from == null || page == 0 ? "" : "&PageToken=" + token(from));
    }

    private static String token(String cursor) {
        return "PT" + Base64.getUrlEncoder().withoutPadding().encodeToString(cursor.getBytes(StandardCharsets.UTF_8));
    }

    private static String decode(String token) {
        try {
            if (token.startsWith("PT")) {
                return new String(Base64.getUrlDecoder().decode(token.substring(2)), StandardCharsets.UTF_8);
            }
        } catch (IllegalArgumentException e) {
            throw Form.invalid("PageToken", token);
        }
        throw Form.invalid("PageToken", token);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /**
     * A part of a list.
     *
     * @param next the query of the next page; null on the last
     * @param previous the query of the page before; null on the first
     */
    record Page<T>(
            List<T> entries,
            Paging paging,
            @Nullable String next,
            @Nullable String previous) {}
}
