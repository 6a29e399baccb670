/** Short names of data elements by their number, in our own words. */
const NAMES: ReadonlyMap<string, string> = new Map(
  `
2 sets received
3 message
19 city
22 commodity code
23 commodity qualifier
24 equipment type
26 country
28 group control number
33 pallets
40 equipment kind
54 title passage
61 text
65 height
66 id qualifier
67 id
71 lading quantity
76 invoice number
79 description
80 pieces
81 weight
82 length
87 mark
88 mark qualifier
91 transport
92 order type
93 name
96 segments
97 sets included
98 role
100 currency
102 ownership
103 packaging
107 payment method
110 invoice date
116 postal code
118 rate
123 sets accepted
124 application
127 reference
128 reference kind
133 routing sequence
140 carrier (SCAC)
142 application sender
143 set
145 shipment number
146 freight payer
152 special handling
156 state
166 street
176 time kind
183 volume
184 volume unit
187 weight kind
188 weight unit
189 width
206 equipment initials
207 equipment number
212 unit price
225 seal
234 product number
235 product number kind
236 price kind
248 allowance or charge
280 exchange rate
284 service level
285 depositor's order
289 multiple prices
305 handling
306 action
309 location kind
310 location
324 order number
325 tax id
326 request number
327 change sequence
328 release
329 set control number
330 ordered quantity
331 method of handling
332 percent
333 terms count from
334 transport terms kind
335 transport terms
336 terms kind
337 time
338 discount percent
342 percent of invoice
344 unit of time
345 lead time kind
346 application kind
347 hash total
349 text or code
350 line
351 discount days
352 description
353 purpose
354 number of lines
355 unit
356 pack
357 size
358 invoiced quantity
362 discount amount
363 note kind
364 number
365 channel
366 contact role
367 contract
368 shipment status
369 text
370 discount date
371 change reason
373 date
374 date kind
375 tariff service
378 percent of
380 quantity
382 shipped quantity
384 gross weight
385 gross volume
386 net days
387 routing
388 deferred date
389 deferred amount
391 discount quantity
394 receipt number
396 shipment id
400 unit load
407 seal status
411 quantity difference
412 condition at receipt
413 received quantity
426 reason of the adjustment
432 date kind
438 UPC case code
441 tax exempt
443 contact reference
446 net date
447 loop
451 lot
473 order status
478 credit or debit
479 functional group
480 version
481 trace kind
482 payment action
499 condition value
506 bank id kind
507 bank id
508 account
509 originator
510 originator's code
514 reporting
522 amount kind
554 line counter
559 agency
562 yes or no
569 account kind
587 acknowledgment
591 payment method
610 amount
618 set in error
620 application reply
621 error
622 bad data
623 time zone
624 century
628 level
639 price basis
640 transaction kind
641 status reason
646 shipped to date
647 application error
648 price multiplier kind
649 multiplier
653 discount kind
654 discount base
655 discount
656 discount limited by
657 limit
662 relation
668 line status
669 currency event
670 change
671 quantity left
673 quantity kind
687 trade class
688 restriction
706 relation of the party
715 group verdict
716 group error
717 set verdict
718 set error
719 segment position
720 segment error
721 segment
722 element position
723 element error
724 bad value
725 data element
728 returnable container
731 transit direction
732 transit time kind
733 transit time
734 parent level
735 level kind
736 has levels below
737 measurement of
738 measurement kind
739 value
740 range from
741 range to
750 characteristic
751 description code
752 surface
753 packaging part
754 packaging code
755 report kind
756 report transmission
757 report copies
761 equipment
765 day of month
770 option
782 amount
786 security
810 inner pack
812 payment format
819 language
822 source
828 dollar basis
875 maintenance
933 text
934 printer control
935 significance
936 surface kind
951 balance
954 rate in decimals
955 tax jurisdiction kind
956 tax jurisdiction
963 tax
1000 service
1004 percent of
1005 structure
1018 exponent
1019 invoice kind
1035 last name
1036 first name
1037 middle name
1038 prefix
1039 suffix
1048 business purpose
1065 entity kind
1073 yes or no
1104 part of a name
1106 part of an address
1136 condition kind
1166 contract kind
1179 customs entry kind
1195 account
1196 level of the account
1232 purchase category
1250 period kind
1251 period
1270 code list
1271 industry code
1280 direction
1300 service or charge
1301 agency's code
1321 condition
1373 measurement method
1470 number
1525 request
1528 component position
1551 text
1650 status
1651 reason of the status
1652 appointment
1654 longitude
1655 latitude
1686 repetition position
1705 guide
1715 country subdivision
C001 unit
C030 position
C040 reference
`
    .trim()
    .split('\n')
    .map((line) => [line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1)]),
);

const ENVELOPE: Readonly<Record<string, readonly string[]>> = {
  ISA: [
    'authorization kind',
    'authorization',
    'security kind',
    'security',
    'sender qualifier',
    'sender',
    'receiver qualifier',
    'receiver',
    'date',
    'time',
    'standard or repetition',
    'version',
    'control number',
    'TA1 wanted',
    'usage',
    'component separator',
  ],
  GS: ['functional group', 'sender', 'receiver', 'date', 'time', 'control number', 'agency', 'version'],
  GE: ['number of sets', 'control number'],
  IEA: ['number of groups', 'control number'],
  TA1: ['interchange control number', 'date', 'time', 'verdict', 'note'],
  ST: ['set', 'control number', 'guide'],
  SE: ['number of segments', 'control number'],
};

/** What a data element is, by its number (X12 element dictionary), in a few words of our own. */
export function elementName(dataElement: string): string | undefined {
  return NAMES.get(dataElement);
}

/** What the element at a position (from 1) of an envelope segment is: ISA, GS, ST, SE, GE, IEA and TA1. */
export function envelopeElementName(segmentId: string, position: number): string | undefined {
  return Object.hasOwn(ENVELOPE, segmentId) ? ENVELOPE[segmentId]?.[position - 1] : undefined;
}
