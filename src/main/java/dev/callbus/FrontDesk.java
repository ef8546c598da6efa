package dev.callbus;

import dev.callbus.channel.api.ApiKeys;
import dev.callbus.channel.api.OutboundDesk;
import dev.callbus.channel.records.Filings;
import dev.callbus.channel.relay.RelayBooks;
import dev.callbus.channel.sms.SmsAnswers;
import dev.callbus.config.ApiSettings;

/** What all HTTP servers of a node share: whose tickets, keys, orders, answers and filings there are. */
record FrontDesk(RelayBooks books, ApiKeys keys, OutboundDesk outbound, SmsAnswers smsAnswers, Filings filings) {

    static FrontDesk of(ApiSettings settings) {
        var books = new RelayBooks();
        return new FrontDesk(
                books,
                new ApiKeys(settings),
                new OutboundDesk(books.orders(), settings.outbound().perNumberAndHour()),
                new SmsAnswers(),
                new Filings());
    }
}
