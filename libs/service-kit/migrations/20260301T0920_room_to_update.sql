-- Half of each page stays free, so that a row's next version fits beside it and no index entry is written for it.
ALTER TABLE inbox SET (fillfactor = 50);
ALTER TABLE stream_head SET (fillfactor = 50);
