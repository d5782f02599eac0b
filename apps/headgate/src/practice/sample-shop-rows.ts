/**
 * Fills the tables, the same rows at every place: "chance" is the md5 of row number and column, never random().
 * Every value is made up here; addresses end in example.com, telephone numbers are from the ranges kept for fiction.
 */
export const sampleShopRows = `
create function pg_temp.chance(n integer, what text, sides integer) returns integer language sql immutable
  return (('x' || substr(md5(n || what), 1, 7))::bit(28)::integer) % sides;
create function pg_temp.pick(n integer, what text, items text[]) returns text language sql immutable
  return items[1 + pg_temp.chance(n, what, cardinality(items))];

insert into customers
       (public_id, full_name, email, phone, country, city, birthday, loyalty, newsletter, credit, interests,
        preferences, notes, created_at, updated_at)
select md5('customer' || n)::uuid,
       first || ' ' || last,
       case when pg_temp.chance(n, 'no mail', 14) > 0
            then case when pg_temp.chance(n, 'capitals', 30) = 0 then 'Customer.' || n || '@Example.COM'
                      else 'customer' || n || '@' || pg_temp.pick(n, 'mail', '{example.com,example.org,mail.example.net}') end
       end,
       case when pg_temp.chance(n, 'phone', 3) = 0 then '+44 7700 900' || lpad((n % 1000)::text, 3, '0') end,
       country,
       case when pg_temp.chance(n, 'no city', 11) > 0 then city end,
       case when pg_temp.chance(n, 'no birthday', 5) > 0 then date '1938-02-28' + pg_temp.chance(n, 'birthday', 25000) end,
       pg_temp.pick(n, 'loyalty', '{none,none,none,bronze,bronze,silver,gold}')::loyalty_level,
       pg_temp.chance(n, 'newsletter', 2) = 0,
       case when pg_temp.chance(n, 'credit', 4) = 0 then pg_temp.chance(n, 'cents', 20000) / 100.0 else 0 end,
       case pg_temp.chance(n, 'interests', 4)
         when 0 then '{}'::text[]
         when 1 then array[pg_temp.pick(n, 'one', '{garden,kitchen,travel}')]
         else array[pg_temp.pick(n, 'one', '{garden,kitchen,travel}'), pg_temp.pick(n, 'two', '{books & music,"say \\"hello\\"",sports}')]
       end,
       case when pg_temp.chance(n, 'no preferences', 6) > 0
            then jsonb_build_object('language', pg_temp.pick(n, 'language', '{en,fr,de,pl,vi,pt-BR}'),
                                    'theme', pg_temp.pick(n, 'theme', '{light,dark}'),
                                    'contact', jsonb_build_object('post', n % 3 = 0, 'hours', jsonb_build_array(9, 17)),
                                    'visits', 9007199254740993 + n)
       end,
       case pg_temp.chance(n, 'notes', 12)
         when 0 then 'Rings twice. 🔔'
         when 1 then E'Prefers deliveries after 18:00.\\nThe dog is friendly.'
         when 2 then '“Regular” since ' || (1990 + n % 35) || '; likes to chat'
       end,
       timestamptz '2019-01-07 08:15:00.123456+01' + n * interval '25 hours 13 minutes 7.000271 seconds',
       timestamptz '2026-01-05 06:00:00+00' + pg_temp.chance(n, 'changed', 26000000) * interval '1 second'
  from generate_series(1, 2400) as n
 cross join lateral (select
       pg_temp.pick(n, 'first', '{Zoë,José,Łukasz,Søren,Noémie,Aoife,Yūki,Ayşe,Björn,Chloé,Ngọc,Inês,Mary-Jane,Dagný,Amélie,Omar,Grace,Ömer,Siobhán,Jürgen,Priya,Tomáš,Anaïs,Kwame,Li,Olena,Ivana,João,Freya,Hassan}') as first,
       pg_temp.pick(n, 'last', '{O''Brien,Müller,García,Nguyễn,d''Arcy,Østergaard,van der Berg,Çelik,Núñez,Smith-Jones,Kowalski,de la Cruz,Ibrahim,Tanaka,O’Connor,Strauß,Lefèvre,Dvořák,Håkansson,Silva,Okafor,Petrov,McAllister,Bąk,Žižek,Rossi,Papadopoulos,Kim,Ó Súilleabháin,Weiß}') as last) names
 cross join lateral (select (array[
       '{IE,Dublin}', '{FR,Besançon}', '{DE,München}', '{PL,Łódź}', '{DK,Århus}', '{VN,Đà Nẵng}', '{PT,São João}',
       '{TR,İzmir}', '{GB,St Ives}', '{ES,A Coruña}', '{JP,Kyōto}', '{CH,Zürich}']::text[])[1 + pg_temp.chance(n, 'place', 12)]::text[] as place) places
 cross join lateral (select place[1] as country, place[2] as city) parts;

insert into products (sku, name, category, price, weight_kg, colours, attributes, in_stock, discontinued, updated_at)
select category_code || '-' || lpad(n::text, 4, '0'),
       pg_temp.pick(n, 'style', '{Classic,Little,Grand,Everyday,“Nordic”,Folding,Café}') || ' ' || noun,
       category,
       (199 + pg_temp.chance(n, 'price', 24900)) / 100.0,
       case when pg_temp.chance(n, 'no weight', 7) > 0 then (1 + pg_temp.chance(n, 'weight', 900)) / 37.0 end,
       case pg_temp.chance(n, 'colours', 3) when 0 then '{}'::text[] when 1 then '{red}' else '{"sea green",crème,red}' end,
       jsonb_build_object('warranty_months', 12 * (1 + n % 3), 'size', jsonb_build_object('w', n % 90 + 0.5, 'h', null),
                          'fragile', n % 5 = 0),
       pg_temp.chance(n, 'stock', 400),
       case when pg_temp.chance(n, 'gone', 15) = 0 then date '2025-03-01' + n end,
       timestamptz '2026-02-01 12:00:00+00' + n * interval '3 hours 1 second'
  from generate_series(1, 240) as n
 cross join lateral (select (array[
       '{Garden,GA,watering can}', '{Garden,GA,wheelbarrow}', '{Kitchen,KI,teapot}', '{Kitchen,KI,crêpe pan}',
       '{Travel,TR,suitcase 20\\"}', '{Books & music,BM,songbook}', '{Home,HO,lamp}', '{Home,HO,rug 2 × 3 m}'
       ]::text[])[1 + pg_temp.chance(n, 'kind', 8)]::text[] as kind) kinds
 cross join lateral (select kind[1] as category, kind[2] as category_code, kind[3] as noun) parts;

insert into orders
       (customer_id, product_id, quantity, total, currency, exchange_rate, status, placed_at, placed_local, time_zone,
        shipped_on, coupons, delivery, gift_message, updated_at)
select 1 + pg_temp.chance(n, 'customer', 2400),
       product.id,
       quantity,
       round(product.price * quantity * rate * (1 - 0.05 * pg_temp.chance(n, 'rebate', 3)), 2),
       currency,
       rate,
       status::order_status,
       placed_at,
       placed_at at time zone zone,
       zone,
       case when status in ('shipped', 'delivered', 'returned') then (placed_at at time zone zone)::date + 1 + n % 4 end,
       case pg_temp.chance(n, 'coupons', 5) when 0 then '{WELCOME10}'::text[] when 1 then '{SPRING,"FREE, SHIPPING",NULL}' end,
       jsonb_build_object('street', pg_temp.pick(n, 'street', '{Rue de l''Église,Hauptstraße,Main St,ul. Żeromskiego,Calle Ñuñoa,O''Connell Street}')
                                    || ' ' || 1 + n % 190,
                          'instructions', case when n % 4 = 0 then 'Leave with the neighbour' end,
                          'tracking', jsonb_build_array('HG' || 100000 + n, n % 2 = 0)),
       case pg_temp.chance(n, 'gift', 9) when 0 then 'Happy birthday! 🎂' when 1 then 'Merci — à bientôt' end,
       placed_at + pg_temp.chance(n, 'changed', 900000) * interval '1 second'
  from generate_series(1, 6000) as n
 cross join lateral (select (array['{EUR,1}', '{EUR,1}', '{GBP,0.8391270453}', '{JPY,163.2049118822}', '{PLN,4.2718305561}']::text[])
                            [1 + pg_temp.chance(n, 'currency', 5)]::text[] as money) moneys
 cross join lateral (select money[1] as currency, money[2]::numeric as rate,
                            1 + pg_temp.chance(n, 'quantity', 4) as quantity,
                            pg_temp.pick(n, 'zone', '{Europe/Paris,America/New_York,Asia/Tokyo,Australia/Lord_Howe,UTC}') as zone,
                            pg_temp.pick(n, 'status', '{placed,paid,shipped,delivered,delivered,delivered,returned,cancelled}') as status,
                            timestamptz '2025-01-01 00:00:00+00' + n * interval '2 hours 31 minutes 3.141593 seconds' as placed_at) parts
  join products product on product.id = 1 + pg_temp.chance(n, 'product', 240);

analyze customers, products, orders;
`;
